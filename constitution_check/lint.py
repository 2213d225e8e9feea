"""`library lint`: is the library whole, used and proved? Every fault with its file and line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from constitution_check.errors import CheckError, LibraryError
from constitution_check.library import library_folder, load_library
from constitution_check.lint_examples import example_faults
from constitution_check.lint_ids import id_faults
from constitution_check.lint_places import Note, Places
from constitution_check.lint_traps import traps
from constitution_check.lint_wording import wording_not_met, wording_taken_for_the_opposite
from constitution_check.lint_words import silent_concepts, silent_phrases, unused_lists
from constitution_check.words import count


@dataclass(frozen=True)
class Linted:
    """What is wrong with a library, and what might be better. unread: its files could not all be understood."""

    safeguards: int
    faults: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    unread: bool = False

    def as_text(self) -> str:
        """For the terminal: warnings first, so that what must be put right stands last."""
        text = [*(f"warning: {warning}" for warning in self.warnings), *self.faults]
        if self.unread:
            text.append(f"{count(len(self.faults), 'fault')}; the rest is looked at when they are put right")
        else:
            text.append(f"{count(self.safeguards, 'safeguard')}, {count(len(self.faults), 'fault')}"
                        + (f", {count(len(self.warnings), 'warning')}" if self.warnings else ""))
        return "\n".join(text)


def lint(folder: Path | None = None, phrases: bool = False) -> Linted:
    """Every fault of the library in `folder` (by default the one that ships).

    phrases: also warn of phrases that no example has, or that tear a pair of words apart. Raises CheckError where the
    library cannot be read at all.
    """
    root = folder or library_folder()
    try:
        library = load_library(root)
    except LibraryError as error:
        return Linted(0, error.faults, unread=True)
    except (OSError, UnicodeDecodeError) as error:
        raise CheckError(f'The clause library in "{root}" could not be read: {error}. '
                         "Its files must be plain text (UTF-8) that you may read.") from error
    places = Places(root)
    faults: set[Note] = {
        *id_faults(root, library.safeguards, places), *example_faults(library.safeguards, places),
        *unused_lists(library, places), *silent_concepts(library),
        *wording_not_met(library, places), *wording_taken_for_the_opposite(library, places)}
    warnings = sorted({*traps(library, places), *silent_phrases(library, places)}) if phrases else ()
    return Linted(len(library.safeguards), tuple(map(str, sorted(faults))), tuple(map(str, warnings)))
