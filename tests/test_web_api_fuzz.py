"""The API against its own description: whatever schemathesis sends, the answer is one that the description allows."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, settings
from invented import library
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from web_site import Checks

from constitution_check.web.app import create_app
from constitution_check.web.openapi import description
from constitution_check.web.settings import Settings

# Which fields may come is looser than the description (browsers send more), and what is in a file is stricter (an
# empty one, a day that is none): both are refused or passed over with the description's own answers.
LEFT_OUT: list[Any] = [negative_data_rejection, positive_data_acceptance]

api = schemathesis.openapi.from_dict(description())


@pytest.fixture(scope="module")
def home() -> Iterator[str]:
    """The site, listening. Routing, limits and answers are real; what a check finds is invented, so that many requests
    can be made. Real checks of made-up files are in test_fuzz.py."""
    checks = Checks()
    checks.go.set()
    app = create_app(Settings(per_address=1000), checks, library(checks.report))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(30)


@api.parametrize()
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_one_that_the_description_allows(case: schemathesis.Case[Any], home: str) -> None:
    case.call_and_validate(base_url=home, excluded_checks=LEFT_OUT)
