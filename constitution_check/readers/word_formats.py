"""Number formats: how Word writes a counter (ECMA-376 part 1, 17.18.59 ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

MAX_LETTERS = 780  # thirty repeats of "z"; beyond it, and for hostile values, digits
MAX_ROMAN = 32_767

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_IRREGULAR = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
              "twelve": "twelfth"}
_CHICAGO = "*†‡§"


def letters(number: int) -> str:
    """1 → a, 26 → z, then Word doubles: 27 → aa, 28 → bb. Nothing for 0."""
    if not 0 < number <= MAX_LETTERS:
        return "" if number == 0 else str(number)
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (times + 1)


def roman(number: int) -> str:
    """1 → i, 4 → iv, 1990 → mcmxc. Nothing for 0."""
    if not 0 < number <= MAX_ROMAN:
        return "" if number == 0 else str(number)
    shown = ""
    for worth, sign in _ROMAN:
        count, number = divmod(number, worth)
        shown += sign * count
    return shown


def ordinal(number: int) -> str:
    """1 → 1st, 2 → 2nd, 11 → 11th."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def cardinal(number: int) -> str:
    """1 → one, 21 → twenty-one, 105 → one hundred five, as Word writes; digits from a million on."""
    if not 0 <= number < 1_000_000:
        return str(number)
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens - 1] + (f"-{_ONES[ones]}" if ones else "")
    worth, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    count, rest = divmod(number, worth)
    return f"{cardinal(count)} {name}" + (f" {cardinal(rest)}" if rest else "")


def ordinal_text(number: int) -> str:
    """1 → first, 21 → twenty-first, 30 → thirtieth."""
    words = cardinal(number)
    if words.lstrip("-").isdigit():
        return ordinal(number)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[cut:]
    if last in _IRREGULAR:
        return words[:cut] + _IRREGULAR[last]
    return words[:cut] + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _enclosed(first: int, last: int, otherwise: str) -> Callable[[int], str]:
    def write(number: int) -> str:
        return chr(first + number - 1) if 0 < number <= last else otherwise.format(number)
    return write


def _chicago(number: int) -> str:
    if not 0 < number <= 200:
        return str(number)
    times, place = divmod(number - 1, len(_CHICAGO))
    return _CHICAGO[place] * (times + 1)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "lowerLetter": letters,
    "upperLetter": lambda n: letters(n).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda n: roman(n).upper(),
    "ordinal": ordinal,
    "cardinalText": lambda n: _capital(cardinal(n)),
    "ordinalText": lambda n: _capital(ordinal_text(n)),
    "hex": lambda n: f"{n:X}",
    "chicago": _chicago,
    "numberInDash": lambda n: f"- {n} -",
    "decimalEnclosedCircle": _enclosed(0x2460, 20, "{}"),
    "decimalEnclosedParen": _enclosed(0x2474, 20, "({})"),
    "decimalEnclosedFullstop": _enclosed(0x2488, 20, "{}."),
    "decimalFullWidth": lambda n: str(n).translate({ord("0") + d: 0xFF10 + d for d in range(10)}),
    "none": lambda n: "",
    "bullet": lambda n: "",
}


@lru_cache(maxsize=4096)
def format_number(number: int, how: str, custom: str = "") -> str:
    """A counter as Word writes it.

    how: a value of w:numFmt; unknown ones (other scripts) give digits.
    custom: the w:format of `how` "custom", e.g. "001, 002, 003, ...": digits padded to that width.
    """
    if how == "custom":
        width = len(custom.split(",", 1)[0].strip())
        return str(number).zfill(min(width, 10))
    return _FORMATS.get(how, str)(number)
