"""The documents say what is so: every command and option, every link, every example."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from constitution_check.cli import main

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
COMMANDS = ROOT / "docs" / "commands.md"
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "clauses" / "README.md",
                *ROOT.glob("samples/*.md")])


def commands(group: click.Group, above: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command under a group with its full name, e.g. "library test"."""
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from commands(command, f"{above}{name} ")
        elif not command.hidden:
            yield f"{above}{name}", command


def section(page: str, title: str) -> str:
    """The part of a page under the heading `title`, up to the next heading; "" where there is none."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", page, flags=re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def anchors(page: str) -> set[str]:
    """The anchors that hosting sites give to a page's headings."""
    titles = re.findall(r"^#+ (.+)$", page, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize(("name", "command"), list(commands(main)), ids=lambda value: str(value).replace(" ", "-"))
def test_every_command_and_option_is_documented(name: str, command: click.Command) -> None:
    documented = section(COMMANDS.read_text(encoding="utf-8"), name)
    assert documented, f"docs/commands.md has no section for {name}"
    flags = [flag for parameter in command.params if isinstance(parameter, click.Option) for flag in parameter.opts]
    assert [flag for flag in flags if f"`{flag}`" not in documented] == []


@pytest.mark.parametrize(("name", "command"), list(commands(main)), ids=lambda value: str(value).replace(" ", "-"))
def test_no_option_is_documented_that_is_not_there(name: str, command: click.Command) -> None:
    documented = set(re.findall(r"`(--?[a-z][a-z-]*)`", section(COMMANDS.read_text(encoding="utf-8"), name)))
    there = {flag for parameter in command.params for flag in (*parameter.opts, *parameter.secondary_opts)}
    assert documented - there == set()


def test_the_readme_names_every_command() -> None:
    readme = README.read_text(encoding="utf-8")
    assert [name for name, _ in commands(main) if f"`constitution-check {name}" not in readme] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_internal_link_and_picture_is_there(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    broken = []
    for target in re.findall(r"(?:\]\(|src=\")([^)\s\"]+)", text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        there = (page.parent / file).resolve() if file else page
        if not there.exists() or (anchor and anchor not in anchors(there.read_text(encoding="utf-8"))):
            broken.append(target)
    assert broken == []


def test_every_make_target_that_a_page_names_is_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    named = {target for page in PAGES for target in re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8"))}
    assert named - targets == set()


def test_the_files_that_the_readme_checks_are_there() -> None:
    named = set(re.findall(r"\bsamples/[\w.-]+", README.read_text(encoding="utf-8")))
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_python_example_of_the_readme_runs() -> None:
    readme = README.read_text(encoding="utf-8")
    (example,) = re.findall(r"^```python\n(.*?)^```", readme, flags=re.MULTILINE | re.DOTALL)
    done = subprocess.run([sys.executable, "-c", example], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert "'weakened':" in done.stdout


def test_a_check_opens_no_connection(tmp_path: Path) -> None:
    """The README promises it: nothing that a check does reaches for the network."""
    sample = next(iter(sorted((ROOT / "samples").glob("*.docx"))))
    watched = (
        "import sys, socket\n"
        "def refuse(event, arguments):\n"
        "    if event in ('socket.connect', 'socket.getaddrinfo', 'socket.sendto'):\n"
        "        raise RuntimeError('reached for the network: ' + repr(arguments))\n"
        "sys.addaudithook(refuse)\n"
        "from constitution_check.cli import main\n"
        "main()\n"
    )
    for form in ("json", "html", "word"):
        done = subprocess.run(
            [sys.executable, "-c", watched, "check", str(sample), "--format", form, "--out", str(tmp_path / form)],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )
        assert (done.stderr, done.returncode) in (("", 0), ("", 1))
        assert (tmp_path / form).stat().st_size > 0
