"""Who a visitor is (an unguessable name in a cookie, and no more), and whether a form is really theirs."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from constitution_check.web import refusals

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
_BYTES = 32


def visitor_of(request: Request) -> str:
    """The visitor's name, new where the request brought none."""
    if not hasattr(request.state, "visitor"):
        brought = request.cookies.get(cookie_name(request), "")
        request.state.known = bool(_TOKEN.fullmatch(brought))
        request.state.visitor = brought if request.state.known else secrets.token_urlsafe(16)
    return str(request.state.visitor)


def remember(request: Request, response: Response) -> None:
    """Give a new visitor the cookie; it lasts as long as the browser is open, and no other is ever set."""
    visitor = visitor_of(request)
    if not request.state.known:
        response.set_cookie(cookie_name(request), visitor, httponly=True, samesite="lax", path="/",
                            secure=request.url.scheme == "https")


def cookie_name(request: Request) -> str:
    """With https a name that only this very host can set."""
    return "__Host-visitor" if request.url.scheme == "https" else "visitor"


def address_of(request: Request) -> str:
    """The network address of the request, as far as the server knows it."""
    return request.client.host if request.client else ""


def form_token(request: Request, secret: bytes) -> str:
    """A token for a form of this visitor. It is masked anew each time, so that compression betrays nothing of it."""
    mask = secrets.token_bytes(_BYTES)
    return base64.urlsafe_b64encode(mask + _mixed(mask, _signed(visitor_of(request), secret))).decode("ascii")


def require_token(request: Request, secret: bytes, token: str) -> None:
    """Raise Refusal where the token is not one that this visitor was given by this run of the server."""
    try:
        raw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
    except ValueError:
        raise refusals.stale_form() from None
    mask, masked = raw[:_BYTES], raw[_BYTES:]
    if len(raw) != 2 * _BYTES or not hmac.compare_digest(_mixed(mask, masked), _signed(visitor_of(request), secret)):
        raise refusals.stale_form()


def require_own_site(request: Request) -> None:
    """Raise Refusal where a page of another site sent the request.

    Chromium and Firefox send Origin with every POST, as long as the page's Referrer-Policy is not no-referrer
    (Chromium then sends "null"). A program that is no browser sends neither header.
    """
    origin = request.headers.get("origin")
    if origin is not None and _place_of(origin) != request.headers.get("host", "").lower():
        raise refusals.other_site()
    if origin is None and request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        raise refusals.other_site()


def _place_of(origin: str) -> str:
    """Host and port of an origin; "null", which can be no host's name, where it has none."""
    try:
        return urlsplit(origin).netloc.lower() or "null"
    except ValueError:
        return "null"


def _signed(visitor: str, secret: bytes) -> bytes:
    return hmac.new(secret, visitor.encode("ascii"), hashlib.sha256).digest()


def _mixed(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=False))
