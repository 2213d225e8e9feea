"""Old and other word processors' files: converted by LibreOffice, read as Word files, refused in sentences."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from lxml import etree
from word_files import level, listed, para, word_file
from word_files import numbering as word_lists

from constitution_check.errors import CheckError
from constitution_check.model import Block, Reading
from constitution_check.outline import build
from constitution_check.readers import office
from constitution_check.readers.common import ReadOptions
from constitution_check.readers.office import read_office
from constitution_check.readers.office_lists import rejoin_split_lists
from constitution_check.readers.office_profile import write_profile
from constitution_check.readers.word import read_word
from constitution_check.readers.word_xml import VAL, W
from tools.own_lists import with_own_lists
from tools.same_in_every_format import as_old_word

needs_libreoffice = pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed")
RTF = r"""{\rtf1\ansi{\fonttbl{\f0 Arial;}}
{\field{\*\fldinst INCLUDETEXT "http://127.0.0.1:9/x.docx"}{\fldrslt 7.3 Meetings}}\par
{\b 7.3.1}\tab The Board shall meet in public.\par
(a)\tab its papers are published;\par}"""


@needs_libreoffice
def test_a_rich_text_file_is_read_under_its_own_name(tmp_path: Path) -> None:
    from constitution_check.contained import read_contained

    path = tmp_path / "-odd name.rtf"
    path.write_text(RTF, encoding="ascii")
    reading = read_contained(path, ReadOptions())
    assert (reading.name, reading.format) == ("-odd name.rtf", "rtf")
    assert reading.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    tree = build(reading.blocks, reading.name).provisions
    assert [(p.number, p.text) for p in tree if p.label] == [
        ("7.3", "Meetings"), ("7.3.1", "The Board shall meet in public."), ("7.3.1(a)", "its papers are published;")]


def reading_of(path: Path) -> Reading:
    return Reading(name=path.name, format="docx", sha256="0" * 64, blocks=(Block(text=path.read_text()),))


def programs(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """A file to convert, and a LibreOffice that does what the script says."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    path = folder / "a.doc"
    path.write_bytes(b"x")
    return path


def test_without_libreoffice_the_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(CheckError, match=r"a\.odt is an OpenDocument text .*install LibreOffice.*save it as \.docx"):
        read_office(tmp_path / "a.odt", "odt", reading_of)


def test_a_conversion_that_claims_to_have_worked_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = programs(tmp_path, monkeypatch, "echo convert; exit 0")
    with pytest.raises(CheckError, match=r"a\.doc is an old Word file .*could not open; it may be damaged"):
        read_office(path, "doc", reading_of)


def test_a_conversion_that_hangs_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = programs(tmp_path, monkeypatch, "sleep 60")
    monkeypatch.setattr(office, "SECONDS", 1)
    with pytest.raises(CheckError, match=r"a\.doc took LibreOffice more than 1 seconds"):
        read_office(path, "doc", reading_of)


def test_what_the_reader_says_names_the_file_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = programs(tmp_path, monkeypatch, 'for last; do :; done; echo text > "${last%.doc}.docx"')

    def refuse(converted: Path) -> Reading:
        raise CheckError(f"{converted.name} holds no text.")

    with pytest.raises(CheckError, match=r"^a\.doc holds no text\.$"):
        read_office(path, "doc", refuse)


def test_the_profile_forbids_macros_and_links(tmp_path: Path) -> None:
    settings = (write_profile(tmp_path / "profile") / "user" / "registrymodifications.xcu").read_text(encoding="utf-8")
    assert str(etree.fromstring(settings.encode()).tag).endswith("items")
    for name, value in (("DisableMacrosExecution", "true"), ("BlockUntrustedRefererLinks", "true"), ("Link", "0")):
        assert f'oor:name="{name}" oor:op="fuse"><value>{value}<' in settings


# --- one list that LibreOffice takes for two -----------------------------------------------

WORD = f'xmlns:w="{W[1:-1]}"'
APP = etree.fromstring(b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
                       b"<Application>LibreOffice/7.4</Application></Properties>")
LEVELS = "".join(f'<w:lvl w:ilvl="{n}">{{}}<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/>'
                 "</w:lvl>" for n, text in enumerate(("%1.", "%1.%2", "%1.%2.%3")))


def numbering() -> etree._Element:
    heading = LEVELS.format('<w:pStyle w:val="Heading1"/>', "", "")
    return etree.fromstring(f'<w:numbering {WORD}><w:abstractNum w:abstractNumId="1">{heading}</w:abstractNum>'
                            f'<w:abstractNum w:abstractNumId="2">{LEVELS.format("", "", "")}</w:abstractNum>'
                            '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
                            '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>')


def document(level: int) -> etree._Element:
    return etree.fromstring(f'<w:document {WORD}><w:body><w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/>'
                            '<w:numId w:val="2"/></w:numPr></w:pPr></w:p></w:body></w:document>')


@pytest.mark.parametrize(("made_by", "level", "joined"), [(APP, 2, ["1", "1"]), (APP, 0, ["1", "2"]),
                                                         (None, 2, ["1", "2"])])
def test_only_a_list_whose_upper_levels_are_never_counted_is_joined(made_by: etree._Element | None, level: int,
                                                                    joined: list[str]) -> None:
    root = numbering()
    rejoin_split_lists(made_by, document(level), root)
    assert [one.get(VAL) for one in root.iter(f"{W}abstractNumId")] == joined


# --- .doc files to measure with ------------------------------------------------------------

AGAIN = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'


def restarted(folder: Path, *nums: int) -> Path:
    """A Word file with one lettered list, which begins again with num 2 and num 3; a paragraph for each num."""
    body = "".join(para(f"item {n}", listed(num)) for n, num in enumerate(nums))
    lists = word_lists(level(0, "(%1)", "lowerLetter"), nums={1: "", 2: AGAIN, 3: AGAIN})
    return word_file(folder, body, numbering=lists)


@needs_libreoffice
def test_a_list_that_begins_again_has_the_same_letters_in_an_old_word_file(tmp_path: Path) -> None:
    from constitution_check.contained import read_contained

    sample = restarted(tmp_path, 1, 1, 2, 2, 2, 3, 3)
    wanted = ["(a)", "(b)", "(a)", "(b)", "(c)", "(a)", "(b)"]
    assert [block.label for block in read_word(sample).blocks] == wanted
    assert [block.label for block in read_contained(as_old_word(sample, tmp_path)).blocks] == wanted


def test_lists_that_share_a_count_are_not_parted(tmp_path: Path) -> None:
    sample = restarted(tmp_path, 1, 2, 2, 1)
    assert [block.label for block in read_word(sample).blocks] == ["(a)", "(a)", "(b)", "(c)"]
    with pytest.raises(ValueError, match="its numbers change"):
        with_own_lists(sample, tmp_path / "own.docx")
