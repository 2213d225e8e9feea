"""Reads a constitution and says which safeguards against privatisation it holds.

`check_document(path)` gives a `Report`; `load_library()` gives the safeguards it checks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from constitution_check.clause_records import Library, Safeguard
    from constitution_check.errors import CheckError, LibraryError
    from constitution_check.library import load_library
    from constitution_check.model import Finding, Report
    from constitution_check.pipeline import check_document

__version__ = "0.1.0"
__all__ = ["CheckError", "Finding", "Library", "LibraryError", "Report", "Safeguard", "check_document", "load_library"]

_HOMES = {"CheckError": "errors", "LibraryError": "errors", "Finding": "model", "Report": "model",
          "Library": "clause_records", "Safeguard": "clause_records", "load_library": "library",
          "check_document": "pipeline"}


def __getattr__(name: str) -> Any:
    """Public names are imported when first used, so that `--help` need not wait for them."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
