"""Names from outside: whatever a browser sends, it stays in its folder and in its header."""

from __future__ import annotations

import os
from email.message import Message
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constitution_check.web.names import MAX_NAME_BYTES, attachment, safe_name

ODD = ("../../etc/passwd", "..\\..\\boot.ini", "C:\\drafts\\a.docx", "/", "..", ".", "", "con.docx", "a\x00b.docx",
       ".htaccess", "a" * 500 + ".docx", "é" * 300 + ".docx", "a." + "b" * 300, 'x"; filename="evil.exe',
       "a\r\nSet-Cookie: b=c.docx", "\ud800.docx", "réseau – projet.docx", "100%.docx")


@given(st.one_of(st.sampled_from(ODD), st.text(max_size=400)))
def test_a_name_stays_in_its_folder(given_name: str) -> None:
    name = safe_name(given_name)
    assert name == os.path.basename(name)
    assert name not in ("", ".", "..")
    assert not set(name) & set('<>:"/\\|?*\x00\r\n')
    assert len(name.encode("utf-8")) <= MAX_NAME_BYTES
    assert not name.startswith(".")
    assert safe_name(name) == name


def test_what_is_safe_can_be_written(tmp_path: Path) -> None:
    for odd in ODD:
        (tmp_path / safe_name(odd)).write_bytes(b"")
    assert all(path.parent == tmp_path for path in tmp_path.rglob("*"))


@given(st.one_of(st.sampled_from(ODD), st.text(max_size=400)))
def test_a_download_name_cannot_break_its_header(given_name: str) -> None:
    value = attachment(given_name)
    assert value.isascii()
    assert "\r" not in value
    assert "\n" not in value
    plain, _, encoded = value.partition("; filename*=UTF-8''")
    header = Message()
    header["Content-Disposition"] = plain
    assert header.get_content_disposition() == "attachment"
    assert [name for name, _ in header.get_params(header="content-disposition") or []] == ["attachment", "filename"]
    assert unquote(encoded) == safe_name(given_name)


@pytest.mark.parametrize(("given_name", "safe"), [
    ("C:\\drafts\\a.docx", "a.docx"), ("../../etc/passwd", "passwd"), ("con.docx", "document"), ("", "document"),
    (".htaccess", "htaccess"), ("réseau – projet.docx", "réseau – projet.docx")])
def test_a_sound_name_is_left_as_it_is(given_name: str, safe: str) -> None:
    assert safe_name(given_name) == safe
