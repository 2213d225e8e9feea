"""Office files before 2007, and encrypted new ones, which share a container: its directory tells them apart."""

from __future__ import annotations

from pathlib import Path

from constitution_check.errors import CheckError

READABLE = ("a Word file (.docx or .doc), a PDF, OpenDocument (.odt), rich text (.rtf), a web page (.html), "
            "Markdown (.md) or plain text (.txt)")
PASSWORD = ("{name} is protected with a password; open it, remove the password (in Word: File, Info, Protect Document) "
            "and save it again.")
_ENCRYPTED = 0x0100  # fEncrypted among the flags at offset 10 of the FIB ([MS-DOC] 2.5.2)


def ole_kind(path: Path) -> str:
    """"doc". Raises CheckError, saying what to do, for every other kind, for a password, and for damage."""
    import olefile

    try:
        with olefile.OleFileIO(str(path)) as container:
            names = {entry[0] for entry in container.listdir(streams=True, storages=False)}
            start = container.openstream("WordDocument").read(12) if "WordDocument" in names else b""
    except (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError):
        raise CheckError(f"{path.name} is damaged and cannot be opened; download it again, or ask for another copy."
                         ) from None
    if "EncryptedPackage" in names:
        raise CheckError(PASSWORD.format(name=path.name))
    if "WordDocument" in names:
        if int.from_bytes(start[10:12], "little") & _ENCRYPTED:
            raise CheckError(PASSWORD.format(name=path.name))
        return "doc"
    if names & {"Workbook", "Book"}:
        raise CheckError(f"{path.name} is a spreadsheet, not a document; give {READABLE}.")
    if "PowerPoint Document" in names:
        raise CheckError(f"{path.name} is a presentation, not a document; give {READABLE}.")
    raise CheckError(f"{path.name} is an old Office file of an unknown kind; open it in Word or LibreOffice, save it "
                     "as .docx, and check that.")
