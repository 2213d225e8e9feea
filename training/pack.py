"""Make a trained pipeline ready to ship: weights as 16-bit floats, name, version, licence and attribution.

Usage: python -m training.pack TRAINED FOLDER TREEBANK

Half the size, and the same parses: the weights become 32-bit floats again when the program loads them.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import spacy

from constitution_check.syntax import weights_as
from training.callbacks import restore_edit_trees

ATTRIBUTION = """This pipeline was trained from Universal Dependencies English EWT (the English Web Treebank), by
Natalia Silveira, Timothy Dozat, Christopher Manning, Sebastian Schuster, Ethan Chi, John Bauer, Miriam Connor,
Marie-Catherine de Marneffe, Nathan Schneider, Sam Bowman, Hanzhi Zhu, Daniel Galbraith and contributors;
https://github.com/UniversalDependencies/UD_English-EWT

The treebank is licensed under Creative Commons Attribution-ShareAlike 4.0 International, and so is this pipeline:
LICENSE.txt in this folder. Changes: the treebank was converted to spaCy's format and a tagger, a lemmatiser and a
dependency parser were trained from it together with sentences written for this project.
"""


def pack(trained: Path, folder: Path, treebank: Path) -> None:
    """Write the pipeline in `trained` to `folder`, which is emptied first."""
    assert restore_edit_trees  # registered by its import: the trained pipeline's own configuration names it
    language = spacy.load(trained)
    language.config["nlp"]["after_pipeline_creation"] = None  # nothing of the training is needed to parse
    language.meta.update(name="constitution_check_syntax", version="1.0.0", license="CC BY-SA 4.0",
                         description="Tagger, lemmatiser and dependency parser for English rules and constitutions",
                         author="The Constitution Check contributors",
                         sources=[{"name": "UD English EWT", "license": "CC BY-SA 4.0",
                                   "url": "https://github.com/UniversalDependencies/UD_English-EWT"}])
    weights_as(language, "float16")
    shutil.rmtree(folder, ignore_errors=True)
    language.to_disk(folder)
    shutil.copyfile(treebank / "LICENSE.txt", folder / "LICENSE.txt")
    (folder / "ATTRIBUTION.txt").write_text(ATTRIBUTION, encoding="utf-8")
    meta = folder / "meta.json"
    kept = json.loads(meta.read_text(encoding="utf-8"))
    kept.pop("performance", None)  # figures of the development part; training/README.md has those of the test part
    meta.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    pack(*(Path(argument) for argument in sys.argv[1:4]))
