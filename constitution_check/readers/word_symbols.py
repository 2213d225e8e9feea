"""Characters of symbol fonts, which Word stores in the private-use area U+F020 to U+F0FF."""

from __future__ import annotations

import re

# Symbol: Adobe's Symbol encoding. Only what turns up in running text and lists.
_SYMBOL = dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)) | dict(
    zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)) | {
    0xA3: "≤", 0xA5: "∞", 0xA8: "♦", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠",
    0xBC: "…", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xAE: "→", 0xDE: "⇒", 0x2D: "−", 0xE2: "®", 0xE3: "©",
}
_WINGDINGS = {
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: "•",
    0xA0: "▪", 0xA1: "○", 0xA7: "▪", 0xA8: "☐", 0xB7: "•", 0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗",
    0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x4A: "☺", 0x4C: "☹", 0x28: "☎", 0x2A: "✉",
}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
# Where the font is not told: the upper half of Wingdings (bullets, arrows, ticks), then Symbol.
_ANY_FONT = _SYMBOL | {code: shown for code, shown in _WINGDINGS.items() if code >= 0x9F}
_PRIVATE = re.compile("[\uf000-\uf0ff]")
UNKNOWN = "\N{REPLACEMENT CHARACTER}"


def symbol(code: int, font: str) -> str:
    """The character that a code of w:sym stands for; U+FFFD where the font is not known."""
    low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    table = _FONTS.get(font.casefold())
    if table is not None:
        return table.get(low) or (chr(low) if 0x20 <= low < 0x7F and table is _SYMBOL else UNKNOWN)
    if 0x20 <= low <= 0xFF and not 0x7F <= low < 0xA0:
        return chr(low) if "dings" not in font.casefold() else UNKNOWN
    return chr(low) if 0xA0 <= low < 0xD800 or 0xE000 <= low <= 0xFFFD else UNKNOWN


def plain(text: str) -> str:
    """Text with the private-use characters of symbol fonts replaced by ordinary ones."""
    return _PRIVATE.sub(_ordinary, text)


def _ordinary(match: re.Match[str]) -> str:
    low = ord(match[0]) - 0xF000
    return _ANY_FONT.get(low) or (chr(low) if 0x20 <= low < 0x7F else UNKNOWN)


def bullet(text: str, picture: bool) -> str:
    """A bullet as shown; "•" for pictures, unknown signs and letters (Courier's "o" is drawn as a ring)."""
    shown = plain(text).strip()
    if picture or shown == UNKNOWN or (shown and shown[0].isalnum()):
        return "•"
    return shown[:1]
