"""What the trainer needs of us: a lemmatiser that can be trained on after it was loaded.

spaCy 3.8 does not restore the lemmatiser's table from edit tree to label when it loads a pipeline, so that training
it further would unlearn it within a few steps. This puts the table back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.language import Language
from spacy.util import registry


@registry.callbacks("constitution_check.restore_edit_trees.v1")  # type: ignore[untyped-decorator]
def restore_edit_trees() -> Callable[[Language], Language]:
    """A callback for `nlp.after_pipeline_creation`."""

    def restore(nlp: Language) -> Language:
        lemmatizer: Any = nlp.get_pipe("trainable_lemmatizer")
        lemmatizer.tree2label = {tree: label for label, tree in enumerate(lemmatizer.cfg["labels"])}
        return nlp

    return restore
