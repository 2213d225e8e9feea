"""Loaded once in the process from which workers are forked, so that each begins with language and library at hand."""

from __future__ import annotations

import gc
import logging

SENTENCE = "Meetings of the Governing Body of the Group shall be held in public."


def warm_up() -> None:
    """Judge one sentence, which loads all that a check needs. Nothing is read, so no reading process is left behind."""
    from constitution_check.model import Block
    from constitution_check.outline import build
    from constitution_check.pipeline import check_constitution
    from constitution_check.reports import jsonreport, word  # noqa: F401
    from constitution_check.web.worker import the_library

    library = the_library()
    check_constitution(build((Block(text=SENTENCE, label="1"),), "warm"), library, [s.id for s in library.safeguards])
    gc.collect()
    gc.freeze()  # what is loaded stays as it is, so that workers share its memory


try:
    warm_up()
except Exception as error:  # a worker will meet the same and say so to its visitor
    logging.getLogger(__name__).warning("could not load ahead: %s", type(error).__name__)
