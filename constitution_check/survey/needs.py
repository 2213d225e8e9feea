"""What the libraries of an extra are asked for by, before any work is done."""

from __future__ import annotations

from importlib.util import find_spec

from constitution_check.errors import CheckError


def require(extra: str, *modules: str) -> None:
    """Raise CheckError where a library that an extra of the program brings is not installed."""
    if any(find_spec(module) is None for module in modules):
        raise CheckError("This needs libraries that the program does not bring of itself. Install them: "
                         f"pip install 'constitution-check[{extra}]'.")
