"""Old and other word processors' files, through LibreOffice: converted to .docx, then read as Word is.

LibreOffice gives exit code 0 where it could not load a file, fetches what a file links to, and leaves a process behind
where it is killed alone; so the output is looked for, the profile forbids links, macros and active content, and
`contained.program` kills all of it and keeps it from the network. It runs where files may be written, before the
reading in a child; nothing is parsed here.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from constitution_check.errors import CheckError
from constitution_check.model import Reading
from constitution_check.readers.common import digest
from constitution_check.readers.office_profile import write_profile

KINDS = {
    "doc": "an old Word file (.doc)", "odt": "an OpenDocument text (.odt)", "rtf": "a rich-text file (.rtf)",
    "fodt": "an OpenDocument text in one piece (.fodt)",
}
"""The kinds that LibreOffice reads for us, as a person would call them."""

SECONDS = 90
"""A constitution of 125 pages takes 3 to 8 seconds, the first start of LibreOffice 5 more."""
_MEMORY = 2_000_000_000
_FILTERS = {"doc": "MS Word 97", "odt": "writer8", "rtf": "Rich Text Format", "fodt": "OpenDocument Text Flat XML"}
_NAMES = ("soffice", "libreoffice")


def program() -> str | None:
    """Where LibreOffice is, None where it is not installed."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def read_office(path: Path, kind: str, read: Callable[[Path], Reading]) -> Reading:
    """What `read` makes of the file as .docx, under the name, format and digest of the file itself.

    kind: one of KINDS. Raises CheckError where LibreOffice is missing, fails, or takes too long.
    """
    soffice = program()
    if soffice is None:
        raise CheckError(f"{path.name} is {KINDS[kind]}, which LibreOffice has to read: install LibreOffice Writer "
                         "(libreoffice.org), or open the file in Word, save it as .docx, and check that.")
    with tempfile.TemporaryDirectory(prefix="constitution-check-") as held:
        folder = Path(held).resolve()
        converted = _converted(soffice, path, kind, folder)
        try:
            reading = read(converted)
        except CheckError as error:
            raise CheckError(str(error).replace(converted.name, path.name)) from None
    return reading.model_copy(update={"name": path.name, "format": kind.removeprefix("f"), "sha256": digest(path)})


def _converted(soffice: str, path: Path, kind: str, folder: Path) -> Path:
    from constitution_check.contained.program import ProgramFaultError, ProgramTimeoutError, run_program

    # Under a name of our own: LibreOffice goes by the ending, and a name may begin with a dash.
    source = folder / f"document.{kind}"
    shutil.copyfile(path, source)
    profile = write_profile(folder / "profile")
    try:
        ran = run_program([soffice, "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
                     f"-env:UserInstallation={profile.as_uri()}", f"--infilter={_FILTERS[kind]}",
                     "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(source)],
                    seconds=SECONDS, memory=_MEMORY, folder=folder,
                    sockets=[Path("/tmp")])
    except ProgramTimeoutError:
        raise CheckError(f"{path.name} took LibreOffice more than {SECONDS} seconds; open it in Word, save it as "
                         ".docx, and check that.") from None
    except ProgramFaultError:
        raise _not_started(path, kind) from None
    if ran.code != 0 and not ran.output:
        raise _not_started(path, kind)
    made = folder / "document.docx"
    if not made.is_file() or made.is_symlink() or made.stat().st_size == 0:
        raise CheckError(f"{path.name} is {KINDS[kind]} that LibreOffice could not open; it may be damaged. Open it in "
                         "Word, save it as .docx, and check that.")
    return made


def _not_started(path: Path, kind: str) -> CheckError:
    return CheckError(f"{path.name} is {KINDS[kind]}, and LibreOffice could not be started to read it; open it in "
                      "Word, save it as .docx, and check that.")
