"""docs/security.md: every test that it names is there, and what no other test shows."""

from __future__ import annotations

import ast
import re
import stat
import zipfile
from pathlib import Path

from constitution_check.document_folder import opened

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/\w+\.py)::(\w+)`", PAGE)


def functions(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_test_that_the_page_names_is_there() -> None:
    assert len(NAMED) > 20
    assert [f"{path}::{name}" for path, name in NAMED if name not in functions(path)] == []


def test_every_item_of_the_chapter_has_its_answer() -> None:
    items = re.findall(r"^\*\*(5\.\d\.\d) ", PAGE, re.MULTILINE)
    assert items == ["5.1.1", *(f"5.2.{n}" for n in range(1, 7)), *(f"5.3.{n}" for n in range(1, 4)),
                     *(f"5.4.{n}" for n in range(1, 4))]


def test_a_link_in_a_zip_leads_nowhere(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("1. The members shall not tell.\n", encoding="utf-8")
    link = zipfile.ZipInfo("Constitution.md")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "set.zip", "w") as archive:
        archive.writestr(link, str(secret))
        archive.writestr("Handbook.md", "1. Members meet.\n")
    with opened(tmp_path / "set.zip") as found:
        assert [path.name for path in found.documents] == ["Constitution.md", "Handbook.md"]
        assert not any(path.is_symlink() for path in found.documents)
        assert not any("shall not tell" in path.read_text(encoding="utf-8") for path in found.documents)
