"""Tag, lemma, UAS and LAS of the pipeline that ships (or one named) on a part of the treebank.

Usage: python -m training.figures TEST.spacy [PIPELINE]

The treebank's own words are given, so that only the analysis is scored.
"""

from __future__ import annotations

import sys

from spacy.tokens import Doc, DocBin
from spacy.training import Example

from constitution_check.syntax import load_pipeline

SCORES = (("tag_acc", "tags"), ("lemma_acc", "lemmas"), ("dep_uas", "UAS"), ("dep_las", "LAS"))


def figures(part: str, pipeline: str | None = None) -> dict[str, float]:
    """Each score as a share of all words (punctuation left out of UAS and LAS, as spaCy does)."""
    language = load_pipeline(pipeline)
    examples = []
    for gold in DocBin().from_disk(part).get_docs(language.vocab):
        bare = Doc(language.vocab, words=[t.text for t in gold], spaces=[bool(t.whitespace_) for t in gold])
        examples.append(Example(bare, gold))
    scores = language.evaluate(examples)
    return {name: scores[key] for key, name in SCORES}


if __name__ == "__main__":
    for score, value in figures(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None).items():
        print(f"{score:8} {value:.4f}")
