"""Throws altered files at a reader and stops where anything but a reading or a sentence comes of one.

`python -m tools.fuzz word --runs 100000` goes on from the seeds, guided by what of the readers' code each file
reaches (atheris, libFuzzer). With `--seed` the same files come again. A file that breaks a reader is left in the
working folder as crash-…; `python -m tools.fuzz word FILE` reads it again.

Readers are called in this process, because what is looked for is a fault of theirs in Python; what the C libraries do
is the child process's to bear.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import re
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parent.parent
MAX_BYTES = 60_000
CUT = 5_000  # bytes of a seed's text: small files are altered in more places a second

with atheris.instrument_imports(include=["constitution_check.readers", "constitution_check.outline"]):
    from constitution_check.errors import CheckError
    from constitution_check.outline import build
    from constitution_check.readers import html, markdown, pdf, read, text, word  # noqa: F401 - imported late by `read`
    from constitution_check.readers.common import CONTROL, MustConvertError, ReadOptions

OPTIONS = ReadOptions(ocr="never", convert=False)
_TYPES = ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
          '<Default Extension="xml" ContentType="application/xml"/></Types>')
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def as_word(data: bytes) -> bytes:
    """The bytes as the main part of a .docx; what follows a NUL byte is its styles, its numbering and its notes."""
    main, *others = data.split(b"\0", 3)
    named = list(zip(("styles", "numbering", "footnotes"), others, strict=False))
    relations = "".join(f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>'
                        for n, (kind, _) in enumerate(named))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" '
                                        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>')
        archive.writestr("word/_rels/document.xml.rels",
                         f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>')
        archive.writestr("word/document.xml", main)
        for kind, content in named:
            archive.writestr(f"word/{kind}.xml", content)
    return out.getvalue()


def _word_seeds() -> list[bytes]:
    """The parts of the samples, cut to a size that can be altered."""
    seeds = []
    for name in ("ccg-tracked-changes", "ccg-articles-and-schedules", "icb-overridden"):
        with zipfile.ZipFile(ROOT / "samples" / f"{name}.docx") as archive:
            held = archive.namelist()
            main = archive.read("word/document.xml")
            end = b"</w:body></w:document>"
            cut = main[:main.rfind(b"</w:p>", 0, CUT) + 6] + end
            rest = [archive.read(part) for part in ("word/styles.xml", "word/numbering.xml") if part in held]
            seeds.append(b"\0".join([cut, *rest]))
    return seeds


def _pdf_seeds() -> list[bytes]:
    from fpdf import FPDF

    page = FPDF(unit="pt", format="A4")
    page.set_font("Helvetica", size=11)
    page.set_compression(False)
    page.add_page()
    for line in ("1. Meetings", "1.1 Meetings shall be held in public.", "(a) save where", "(i) the law forbids it."):
        page.multi_cell(0, 14, line, new_x="LMARGIN", new_y="NEXT")
    return [bytes(page.output())]


def _samples(*endings: str) -> list[bytes]:
    found = sorted(path for ending in endings for path in (ROOT / "samples").rglob(f"*{ending}"))
    return [path.read_bytes()[:CUT] for path in found[:6]]


HTML = (b"<html><body><h1>1 Meetings</h1><ol><li>The Group <b>shall</b> meet<ol type=i><li>in public;</li></ol></li>"
        b"</ol><table><tr><td rowspan=2>4.1</td><td>Papers &amp; minutes</td></tr></table><p>4.2 Text</p></html>")
TARGETS: dict[str, tuple[str, Callable[[bytes], bytes], Callable[[], list[bytes]]]] = {
    "word": ("docx", as_word, _word_seeds), "zip": ("docx", bytes, lambda: [as_word(seed) for seed in _word_seeds()]),
    "pdf": ("pdf", bytes, _pdf_seeds), "html": ("html", bytes, lambda: [HTML, *_samples(".html")]),
    "markdown": ("md", bytes, lambda: _samples(".md")), "text": ("txt", bytes, lambda: _samples(".txt")),
}


def altered(data: bytes, most: int, seed: int) -> bytes:
    """The bytes with some change: mostly whole tags and values, so that what comes of it is mark-up still."""
    chance = random.Random(seed)
    if chance.random() < 0.3 or b"<" not in data:
        return bytes(atheris.Mutate(data, most))
    pieces = _PIECES.findall(data)
    for _ in range(chance.randint(1, 4)):
        at, other = chance.randrange(len(pieces)), chance.randrange(len(pieces))
        change = chance.randrange(5)
        if change == 0:
            pieces[at:at] = pieces[other:other + chance.randint(1, 12)]
        elif change == 1:
            del pieces[at:at + chance.choice((1, 1, 2, 5))]
            pieces = pieces or [b"<"]
        elif change == 2:
            pieces[at], pieces[other] = pieces[other], pieces[at]
        else:
            pieces[at] = _VALUE.sub(lambda held: chance.choice((held[0], b'"' + chance.choice(_VALUES) + b'"')),
                                    pieces[at])
    return b"".join(pieces)[:most]


_PIECES = re.compile(rb"<[^<>]*>|[^<]+|<", re.DOTALL)
_VALUE = re.compile(rb'"[^"]*"')
_VALUES = (b"", b"0", b"-1", b"1", b"8", b"9", b"999999999", b"99999999999999999999", b"%1.%2", b"%9", b"true", b"none",
           b"decimal", b"lowerRoman", b"bullet", b"restart", b"continue", b"Heading1", "\u0661\u00e9".encode())


def fault_in(path: Path) -> str:
    """What is wrong with what came of reading a file; "" where it was read, or refused in a sentence."""
    try:
        reading = read(path, OPTIONS)
        provisions = build(reading.blocks, reading.name).provisions
    except MustConvertError:
        return ""
    except CheckError as error:
        return "" if path.name in str(error) and len(str(error)) < 1_200 else f"an odd sentence: {error}"
    if not any(block.text for block in reading.blocks):
        return "a reading without text"
    if any(CONTROL.search(block.text) for block in reading.blocks):
        return "a control character"
    numbers = [provision.parent for provision in provisions]
    return "" if all(parent is None or parent < n for n, parent in enumerate(numbers)) else "a child before its parent"


def main() -> None:
    """Fuzz one target, or read one file again."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("target", choices=sorted(TARGETS))
    asked.add_argument("file", nargs="?", type=Path)
    asked.add_argument("--runs", type=int, default=10_000)
    asked.add_argument("--seed", type=int, default=0)
    given = asked.parse_args()
    ending, wrap, seeds = TARGETS[given.target]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file.{ending}"

        def once(data: bytes) -> None:
            path.write_bytes(wrap(data))
            fault = fault_in(path)
            if fault:
                raise AssertionError(fault)

        if given.file:
            once(given.file.read_bytes())
            return
        kept = Path(folder) / "seeds"
        kept.mkdir()
        for number, seed in enumerate(seeds()):
            (kept / str(number)).write_bytes(seed)
        atheris.Setup([sys.argv[0], str(kept), f"-runs={given.runs}", f"-seed={given.seed}", f"-max_len={MAX_BYTES}",
                       "-rss_limit_mb=2000", "-timeout=60", "-print_final_stats=1", "-verbosity=0"],
                      once, custom_mutator=altered)
        atheris.Fuzz()


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    main()
