"""The `serve` command: the upload page on this machine, or, asked for by name, on a server."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass

import click

from constitution_check.cli_program import NO_GAPS
from constitution_check.errors import CheckError

SECRET = "CONSTITUTION_CHECK_SECRET"
SHORTEST_SECRET = 32


@dataclass(frozen=True)
class Place:
    """Where the page is served and for whom: as `serve` was asked."""

    host: str
    port: int
    public: bool = False
    names: tuple[str, ...] = ()
    proxy: str | None = None
    browser: bool = True


def run_serve(place: Place) -> int:
    """Serve until interrupted. Raises CheckError where the page may not or cannot be served like that."""
    secret = _secret(place)
    try:
        from constitution_check.web.server import listen, run
        from constitution_check.web.settings import LOCAL_HOSTS, Settings
    except ImportError as error:
        raise CheckError(f"The page needs libraries that are not installed ({error.name}). Install them with: "
                         "pip install 'constitution-check[web]'") from error
    settings = (Settings(hosts=place.names, public=True, secret=secret, per_address=6) if secret
                else Settings(hosts=LOCAL_HOSTS))
    listening = listen(place.host, place.port)
    shown = f"[{place.host}]" if ":" in place.host else place.host
    address = f"http://{shown}:{listening.getsockname()[1]}/"
    click.echo(f"Constitution Check is open at {address} Press Ctrl-C to close it.")
    run(listening, settings, place.proxy, address if place.browser and not place.public else None)
    return NO_GAPS


def _secret(place: Place) -> bytes:
    """The secret of a public page; empty for one that only this machine can reach."""
    if not place.public:
        if not _is_local(place.host):
            raise CheckError(f"At {place.host} other machines could reach the page. Add --public if that is meant; "
                             "docs/commands.md says what it needs.")
        return b""
    if not place.names:
        raise CheckError("A public page needs the name by which it may be called: --allowed-host check.example.org")
    secret = os.environ.get(SECRET, "")
    if len(secret) < SHORTEST_SECRET:
        raise CheckError(f"A public page needs a secret of {SHORTEST_SECRET} characters or more in the environment "
                         f"variable {SECRET}. Make one with: python3 -c 'import secrets; print(secrets.token_hex(32))'")
    return secret.encode("utf-8")


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
