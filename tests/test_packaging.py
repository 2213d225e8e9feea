"""What is installed is whole: the wheel, an editable install and a bare checkout each find their clauses."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "constitution_check"
NOT_SOURCE = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "build", "dist", "out", "tests", "samples")

# Run without the site module, so that an install of the program in this environment cannot help.
FIND = """
import json, site, sys
sys.path[1:1] = [{packages!r}]
{before}
import constitution_check
library = constitution_check.load_library()
print(json.dumps({{"package": constitution_check.__file__, "ids": sorted(s.id for s in library.safeguards)}}))
"""


def safeguard_ids() -> list[str]:
    """The ids of the library as its file names give them."""
    return sorted(path.stem for path in (ROOT / "clauses").glob("*.md") if path.stem != "README")


def find_clauses(folder: Path, before: str = "") -> tuple[Path, list[str]]:
    """Where Python finds the package, and the safeguards that it loads, when started in `folder`."""
    code = FIND.format(packages=sysconfig.get_path("purelib"), before=before)
    done = subprocess.run([sys.executable, "-S", "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return Path(found["package"]), found["ids"]


def build(checkout: Path, into: Path, kind: str) -> Path:
    """Builds a wheel ("wheel" or "editable") of a checkout offline, with the setuptools that is here."""
    into.mkdir()
    code = f"import setuptools.build_meta as b, sys; b.build_{kind}(sys.argv[1])"
    done = subprocess.run([sys.executable, "-c", code, str(into)], cwd=checkout,
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = into.glob("*.whl")
    return wheel


def unpack(wheel: Path, folder: Path) -> Path:
    """Installs a wheel that holds only Python and data: unpacking is all that an installer does with it."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the source, so that building leaves nothing behind in the real one."""
    return Path(shutil.copytree(ROOT, tmp_path / "checkout", ignore=NOT_SOURCE))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    checkout = Path(shutil.copytree(ROOT, folder / "checkout", ignore=NOT_SOURCE))
    return build(checkout, folder / "dist", "wheel")


@pytest.fixture(scope="module")
def contents(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def metadata(wheel: Path) -> str:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return archive.read(name).decode()


def test_the_wheel_holds_every_clause_and_word_list(contents: set[str]) -> None:
    everything = (path.relative_to(ROOT / "clauses") for path in (ROOT / "clauses").rglob("*") if path.is_file())
    clauses = [ROOT / "clauses" / path for path in everything if path.parts[0] != "drafts"]
    assert any(path.parent.name == "words" for path in clauses)
    expected = {f"constitution_check/{path.relative_to(ROOT).as_posix()}" for path in clauses}
    assert expected - contents == set()
    assert not any("/drafts/" in name for name in contents)


def test_the_wheel_holds_every_module_and_every_file_beside_them(contents: set[str]) -> None:
    files = {path.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*")
             if path.is_file() and "__pycache__" not in path.parts}
    assert "constitution_check/py.typed" in files
    assert files - contents == set()


def test_the_wheel_holds_nothing_else(contents: set[str]) -> None:
    assert {name.split("/")[0] for name in contents if ".dist-info/" not in name} == {"constitution_check"}


def test_the_wheel_carries_both_licences_and_the_readme(wheel: Path, contents: set[str]) -> None:
    names = {Path(name).name for name in contents if ".dist-info/" in name}
    assert {"LICENSE", "LICENSE-clauses", "entry_points.txt"} <= names
    about = metadata(wheel)
    assert "License: MIT" in about or "License-Expression: MIT" in about
    assert "Requires-Python: >=3.11" in about
    assert (ROOT / "README.md").read_text(encoding="utf-8").strip() in about


def imported(source: Path) -> set[str]:
    """The top-level names that a module imports, wherever in the module it does so."""
    names: list[str] = []
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.append(node.module)
    return {name.split(".")[0] for name in names}


def test_every_library_that_the_package_imports_is_asked_for(wheel: Path) -> None:
    distributions = {"docx": "python-docx", "markdown_it": "markdown-it-py", "PIL": "pillow"}
    # Asked for by an extra, and imported only where its command or option is given.
    extras = {"sentence_transformers", "sqlalchemy", "openpyxl", "xlsxwriter", "pyarrow", "distributed",
              "starlette", "uvicorn"}
    there = {"constitution_check", *sys.stdlib_module_names, *extras}
    needed = {distributions.get(name, name) for path in PACKAGE.rglob("*.py") for name in imported(path) - there}
    asked_for = set(re.findall(r"^Requires-Dist: ([\w-]+)[^;\n]*$", metadata(wheel), flags=re.MULTILINE))
    assert needed == asked_for


def test_an_installed_wheel_finds_its_clauses(wheel: Path, tmp_path: Path) -> None:
    installed = unpack(wheel, tmp_path / "installed")
    package, ids = find_clauses(tmp_path, before=f"sys.path.insert(1, {str(installed)!r})")
    assert package == installed / "constitution_check" / "__init__.py"
    assert ids == safeguard_ids()


def test_an_editable_install_finds_its_clauses(checkout: Path, tmp_path: Path) -> None:
    installed = unpack(build(checkout, tmp_path / "dist", "editable"), tmp_path / "installed")
    # First on the path, because an editable install of this environment has a finder of the same name.
    before = f"sys.path.insert(1, {str(installed)!r}); site.addsitedir({str(installed)!r})"
    package, ids = find_clauses(tmp_path, before)
    assert package == checkout / "constitution_check" / "__init__.py"
    assert ids == safeguard_ids()


def test_a_bare_checkout_finds_its_clauses(checkout: Path) -> None:
    package, ids = find_clauses(checkout)
    assert package == checkout / "constitution_check" / "__init__.py"
    assert ids == safeguard_ids()
