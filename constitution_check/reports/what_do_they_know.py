"""Links to WhatDoTheyKnow, the public site for requests for information. Nothing is ever sent: a reader opens them.

Form of a prefilled request: https://alaveteli.org/docs/developers/api/ ("Starting new requests programmatically"):
/new/BODY with `title` and `default_letter`; the site puts the salutation and the sign-off round the letter itself.
BODY is the last part of the body's page on the site (/body/BODY), which no one can guess from its name.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from constitution_check.errors import CheckError

SITE = "https://www.whatdotheyknow.com"
_AUTHORITY = re.compile(r"[a-z0-9_]+")
_LONGEST = 1_900  # characters; some mail programs and browsers cut longer addresses short


def authority_of(written: str) -> str:
    """The site's name for a body, from that name or the address of its page. Raises CheckError where it is neither."""
    found = written.strip().removeprefix(f"{SITE}/body/").strip("/").lower()
    if not _AUTHORITY.fullmatch(found):
        raise CheckError(f'"{written}" is not a name that WhatDoTheyKnow gives a body. Open the body\'s page there and '
                         f"copy its address ({SITE}/body/…), or leave --authority out.")
    return found


def prefilled(authority: str, title: str, letter: str) -> str:
    """The address that opens a new request to that body with this title and letter filled in."""
    query = urlencode({"title": title, "default_letter": letter}, quote_via=quote)
    address = f"{SITE}/new/{authority}?{query}"
    if len(address) <= _LONGEST:
        return address
    return f"{SITE}/new/{authority}?{urlencode({'title': title}, quote_via=quote)}"


def search(name: str) -> str:
    """The address that looks for the body on the site, to start a request to it."""
    return f"{SITE}/select_authority?{urlencode({'query': name}, quote_via=quote)}"
