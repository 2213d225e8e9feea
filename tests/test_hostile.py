"""Files made to do harm, read as the program reads every file: each outcome, and the program alive and no larger."""

from __future__ import annotations

import http.server
import resource
import shutil
import sys
import threading
from pathlib import Path

import pytest
from hostile_files import BUILDERS, external_targets, spaces_in_odt

from constitution_check.contained import read_contained
from constitution_check.errors import CheckError

OUTCOMES = {
    "zip_bomb": "too large or too complex", "fat_member": "damaged", "lying_member": "damaged",
    "million_paragraphs": "too large or too complex", "empty_paragraphs": "too large or too complex",
    "nested_tables": "too large or too complex", "utf16_with_dtd": "document type declaration",
    # pdfium aborts for want of memory, or would take days: the machine decides which is first.
    "nested_forms": "needs more than 1,000 MB of memory|takes too long",
    "many_pages": r"100000 pages; the limit is 2000", "twice_packed": "needs more than 1,000 MB of memory",
}
GROWTH = 150_000_000
"""Bytes that the program itself may grow by: the largest file is 10 MB, and its child is not counted."""


def held() -> int:
    """The most bytes of memory that this process has held, without its children."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


@pytest.mark.parametrize("name", sorted(OUTCOMES))
def test_each_is_refused_in_a_sentence_and_harms_nobody(name: str, tmp_path: Path) -> None:
    path = BUILDERS[name](tmp_path)
    before = held()
    with pytest.raises(CheckError, match=OUTCOMES[name]) as caught:
        read_contained(path)
    assert path.name in str(caught.value)
    assert str(caught.value).endswith(".")
    assert held() - before < GROWTH


def test_every_hostile_file_has_an_outcome() -> None:
    assert {*OUTCOMES, "huge_page"} == BUILDERS.keys()


def test_a_huge_page_is_read(tmp_path: Path) -> None:
    path = BUILDERS["huge_page"](tmp_path)
    assert [block.text for block in read_contained(path).blocks] == ["Members shall not vote."]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_two_billion_spaces_in_an_odt(tmp_path: Path) -> None:
    path = spaces_in_odt(tmp_path)
    before = held()
    try:
        texts = [block.text for block in read_contained(path).blocks]
        assert texts == ["Members vote."]
    except CheckError as error:
        assert path.name in str(error)  # noqa: PT017 - LibreOffice's versions differ, and either is right
    assert held() - before < GROWTH


def test_nothing_is_fetched(tmp_path: Path) -> None:
    asked: list[str] = []

    class Counting(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    with http.server.HTTPServer(("127.0.0.1", 0), Counting) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        reading = read_contained(external_targets(tmp_path, f"http://127.0.0.1:{server.server_port}"))
        server.shutdown()
    assert [block.text for block in reading.blocks] == ["Members shall vote."]
    assert asked == []
