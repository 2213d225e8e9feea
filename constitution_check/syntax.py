"""The parse of a sentence: which word hangs from which, by a spaCy pipeline with a tagger and a parser.

The pipeline that ships in `syntax_model/` is used, or another installed one by name. The words are our own
(`tokens.py`), handed to the parser as they are, so that word n of a unit's row is word n of its parse and nothing
has to be aligned. Only sentences that something asks about are parsed, many in one batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from constitution_check.errors import CheckError

if TYPE_CHECKING:
    from constitution_check.units import Unit

SHIPPED = Path(__file__).parent / "syntax_model"
LONGEST = 250  # words; a longer row is a table or a list run together, and is not parsed
SURE = 60  # words; beyond this the parse of a whole sentence is more often wrong than right somewhere
_NEEDED = ("tagger", "parser")
_NAMED: ContextVar[str | None] = ContextVar("pipeline", default=None)


@dataclass(frozen=True)
class Parse:
    """A sentence as parsed: for each word its head (the root is its own), relation, tag and dictionary form.

    Relations are those of Universal Dependencies, or near them; tags those of the Penn Treebank.
    """

    words: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    tags: tuple[str, ...]
    lemmas: tuple[str, ...]

    @cached_property
    def root(self) -> int:
        """The first word that hangs from nothing."""
        return next((i for i, head in enumerate(self.heads) if head == i), 0)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """The words that hang directly from each word, in order."""
        made: list[list[int]] = [[] for _ in self.heads]
        for i, head in enumerate(self.heads):
            if head != i:
                made[head].append(i)
        return tuple(tuple(below) for below in made)

    def upward(self, at: int) -> tuple[int, ...]:
        """The word and all that it hangs from, up to the root."""
        chain = [at]
        while self.heads[chain[-1]] != chain[-1] and len(chain) <= len(self.heads):
            chain.append(self.heads[chain[-1]])
        return tuple(chain)

    def below(self, at: int) -> list[int]:
        """The word and all that hangs from it, in order."""
        found: list[int] = []
        ahead = [at]
        while ahead and len(found) <= len(self.heads):
            found.append(ahead.pop())
            ahead.extend(self.children[found[-1]])
        return sorted(found)

    def top(self, start: int, end: int) -> int:
        """The word of the span that the rest of it hangs from."""
        inside = range(start, min(end, len(self.heads)))
        tops = [i for i in inside if self.heads[i] not in inside or self.heads[i] == i]
        return min(tops, key=lambda i: len(self.upward(i)))

    @property
    def sure(self) -> bool:
        """Whether the parse may be relied on: not too long, one root, no line of the tree crossing another."""
        roots = sum(head == i for i, head in enumerate(self.heads))
        return len(self.words) <= SURE and roots == 1 and self._projective

    @cached_property
    def _projective(self) -> bool:
        lines = [(min(i, h), max(i, h)) for i, h in enumerate(self.heads) if h != i]
        return not any(a < c < b < d for a, b in lines for c, d in lines)


@contextmanager
def using(pipeline: str | None) -> Iterator[None]:
    """Within it every Syntax that is made parses with the pipeline of that name; None leaves it as it is.

    Raises CheckError at once where that pipeline will not do.
    """
    if pipeline is not None:
        load_pipeline(pipeline)
    before = _NAMED.set(pipeline or _NAMED.get())
    try:
        yield
    finally:
        _NAMED.reset(before)


class Syntax:
    """Parses units and keeps what it parsed. Nothing is loaded until the first unit is asked for.

    pipeline: an installed spaCy pipeline; None takes the one named by `using`, else the one that ships.
    """

    def __init__(self, pipeline: str | None = None) -> None:
        self.pipeline = pipeline or _NAMED.get()
        self._known: dict[tuple[str, ...], Parse | None] = {}

    def prepare(self, units: Iterable[Unit]) -> None:
        """Parse these units in one batch, those not parsed before."""
        wanted = dict.fromkeys(words for words in map(written_words, units) if words not in self._known)
        self._known |= dict.fromkeys(wanted)
        short = [words for words in wanted if 0 < len(words) <= LONGEST]
        if short:
            self._known |= zip(short, parse_all(short, self.pipeline), strict=True)

    def share(self, other: Syntax) -> None:
        """Take over what the other has parsed, where both parse with the same pipeline."""
        if other.pipeline == self.pipeline:
            self._known = other._known

    def of(self, unit: Unit) -> Parse | None:
        """The parse of a unit's row (stem and sentence as one); None where it is empty or very long."""
        words = written_words(unit)
        if words not in self._known:
            self.prepare([unit])
        return self._known[words]


def written_words(unit: Unit) -> tuple[str, ...]:
    """The words of a unit's row as they are written, capitals kept: a parser reads names by them."""
    texts = {p.index: p.text for p in (unit.provision, *unit.stem_provisions)}
    return tuple(texts[place.provision][place.start:place.end] or "-" for place in unit.places)


def parse_all(sentences: Sequence[Sequence[str]], pipeline: str | None = None) -> list[Parse]:
    """The parses of sentences given as words, in one batch. Raises CheckError where the pipeline will not do."""
    from spacy.tokens import Doc

    language = load_pipeline(pipeline)
    docs = (Doc(language.vocab, words=[word.strip() or "-" for word in words]) for words in sentences)
    return [_parse_of(doc) for doc in language.pipe(docs, batch_size=256)]


def _parse_of(doc: Any) -> Parse:
    return Parse(words=tuple(t.text for t in doc), heads=tuple(t.head.i for t in doc),
                 relations=tuple(t.dep_ for t in doc), tags=tuple(t.tag_ for t in doc),
                 lemmas=tuple(t.lemma_.lower() for t in doc))


@cache
def load_pipeline(name: str | None = None) -> Any:
    """The pipeline of that name (installed package or folder), or the one that ships.

    Raises CheckError where it is not installed, cannot be loaded or has no tagger and parser.
    """
    import spacy

    try:
        language = spacy.load(name or SHIPPED, exclude=["ner"])
    except (OSError, ValueError, ImportError, KeyError) as error:
        if name is None:
            raise CheckError("The parser that belongs to this program could not be loaded, so part of the installation "
                             "is missing or spaCy is of another version. Install constitution-check again.") from error
        raise CheckError(f'The spaCy pipeline "{name}" could not be loaded. Install it into the same environment as '
                         "this program, or leave out --pipeline to use the one that ships with it.") from error
    lacking = [part for part in _NEEDED if not language.has_pipe(part)]
    if lacking:
        raise CheckError(f'The spaCy pipeline "{name}" has no {" and no ".join(lacking)}. Name one that has both, or '
                         "leave out --pipeline to use the one that ships with this program.")
    weights_as(language, "float32")
    return language


def weights_as(language: Any, kind: str) -> None:
    """Set every weight of the pipeline to that kind of number; it ships with float16 and computes with float32."""
    for _, part in language.components:
        for layer in part.model.walk() if hasattr(part, "model") else ():
            for name in layer.param_names:
                if layer.has_param(name):
                    layer.set_param(name, layer.get_param(name).astype(kind))
