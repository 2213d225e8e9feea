"""One body's documents as a folder or a .zip: the constitution told from the rest, and no .zip trusted."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from constitution_check.document_folder import is_set, opened
from constitution_check.errors import CheckError
from constitution_check.read_set import read_set
from constitution_check.readers import set_members

RULES = "1. Meetings\n\n1.1 The Board shall meet in public.\n"


def folder_of(place: Path, **documents: str) -> Path:
    place.mkdir(exist_ok=True)
    for name, text in documents.items():
        (place / name.replace("__", ".").replace("_", " ")).write_text(text, encoding="utf-8")
    return place


def zip_of(path: Path, *members: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def test_the_constitution_is_told_by_its_name_and_the_rest_is_read_beside_it(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "set", ICB_Constitution_v2__md=RULES, Constitution_Handbook__md=RULES,
                       budget__csv="1,2", ICB_Constitution_v2_x__txt=RULES)
    (folder / "ICB Constitution v2 x.txt").rename(folder / "ICB Constitution v2-gap-report.txt")
    (folder / "~$ICB Constitution v2.docx").write_bytes(b"lock")
    readings = read_set(folder, [])
    assert [reading.name for reading in readings] == ["ICB Constitution v2.md", "Constitution Handbook.md"]
    assert [(u.what, u.why) for u in readings[0].unread] == [
        ("budget.csv in set", "a file of a kind that is not read (.csv)"),
        ("ICB Constitution v2-gap-report.txt in set", "a report that this program has written; it was left out")]


def test_the_constitution_is_told_by_its_title_where_no_name_tells(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "set", a__md=f"# Governance Handbook\n\n{RULES}",
                       b__md=f"# Constitution of NHS Anytown ICB\n\n{RULES}")
    assert [reading.name for reading in read_set(folder, [])] == ["b.md", "a.md"]


@pytest.mark.parametrize(("names", "says"), [
    (("Constitution 2022.md", "Constitution 2026.md"),
     r"several documents that may be the constitution \(Constitution 2022\.md, Constitution 2026\.md\)\. Name the one"),
    (("a.md", "b.md"), r"It is not clear which document in set is the constitution.*--with"),
    (("budget.csv",), r"set holds no document that can be read"),
])
def test_nothing_is_guessed(tmp_path: Path, names: tuple[str, ...], says: str) -> None:
    folder = folder_of(tmp_path / "set")
    for name in names:
        (folder / name).write_text(RULES, encoding="utf-8")
    with pytest.raises(CheckError, match=says):
        read_set(folder, [])


def test_a_document_that_cannot_be_read_is_no_handbook_that_says_nothing(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "set", Constitution__md=RULES, Handbook__pdf="no PDF")
    with pytest.raises(CheckError, match=r"Handbook\.pdf is damaged or not a PDF"):
        read_set(folder, [])


def test_a_zip_is_read_as_its_folder_is(tmp_path: Path) -> None:
    rules = RULES.encode()
    path = zip_of(tmp_path / "Set.ZIP", ("icb/Constitution.md", rules), ("icb/more/Handbook.md", rules),
                  ("icb/plan.xlsx", b"x"), ("__MACOSX/icb/._Constitution.md", b"x"))
    assert is_set(path)
    readings = read_set(path, [])
    assert [reading.name for reading in readings] == ["Constitution.md", "Handbook.md"]
    assert [u.what for u in readings[0].unread] == ["plan.xlsx in Set.ZIP"]


@pytest.mark.parametrize(("members", "says"), [
    ([("../Constitution.md", b"x")], r"written outside its folder"),
    ([("/etc/Constitution.md", b"x")], r"written outside its folder"),
    ([("a\\..\\..\\Constitution.md", b"x")], r"written outside its folder"),
    ([("Constitution.md", b"x"), ("more.zip", b"x")], r"holds another \.zip \(more\.zip\)"),
    ([("[Content_Types].xml", b"x")], r"really an Office file"),
    ([(f"{n}.md", b"x") for n in range(301)], r"too many files"),
    ([("Constitution.md", b"x" * 5_000)], r"too large when unpacked"),
])
def test_a_zip_that_is_not_to_be_trusted_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                    members: list[tuple[str, bytes]], says: str) -> None:
    monkeypatch.setattr(set_members, "MAX_FILE_BYTES", 1_000)
    path = zip_of(tmp_path / "set.zip", *members)
    with pytest.raises(CheckError, match=says), opened(path):
        pass
    assert sorted(p.name for p in tmp_path.iterdir()) == ["set.zip"]


def test_a_password_a_false_size_and_damage(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "set.zip", ("Constitution.md", b"x" * 5_000))
    whole = path.read_bytes()
    at = whole.index(b"PK\x01\x02")
    for content, says in (
        (whole[:at + 8] + b"\x01\x00" + whole[at + 10:], "protected with a password"),
        (whole.replace(struct.pack("<I", 5_000), struct.pack("<I", 50)), "damaged, or packed"),
        (whole[:60], "damaged, or packed"),
        (whole[:-10] + struct.pack("<I", 10**9) + whole[-6:], "too many files"),
    ):
        path.write_bytes(content)
        with pytest.raises(CheckError, match=says), opened(path):
            pass
