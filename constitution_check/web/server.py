"""Runs the page with uvicorn: on this machine for the person who sits at it, or on a server for anyone."""

from __future__ import annotations

import logging
import socket
import threading
import webbrowser

import uvicorn

from constitution_check.errors import CheckError
from constitution_check.web.app import create_app
from constitution_check.web.settings import LOCAL_HOSTS, Settings

MOST_AT_ONCE = 200
"""Connections at once; more are refused before anything of them is read."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises CheckError where the place is taken or not to be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise CheckError(f"The page cannot be opened at {host}, port {port} ({(error.strerror or str(error)).lower()})."
                         " Give another with --port.") from error
    return listening


def run(listening: socket.socket, settings: Settings, proxy: str | None, open_at: str | None) -> None:
    """Serve until interrupted. proxy: the address of the proxy whose word on host and scheme is taken. open_at: the
    address to open in the browser."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    config = uvicorn.Config(create_app(settings), access_log=False, log_config=None, server_header=False,
                            date_header=True, ws="none", lifespan="on", limit_concurrency=MOST_AT_ONCE,
                            timeout_keep_alive=10, timeout_graceful_shutdown=2,
                            proxy_headers=proxy is not None, forwarded_allow_ips=proxy or "")
    if open_at is not None:
        threading.Timer(1.0, webbrowser.open, [open_at]).start()
    uvicorn.Server(config).run(sockets=[listening])


def local_settings() -> Settings:
    """For the person who sits at this machine."""
    return Settings(hosts=LOCAL_HOSTS)
