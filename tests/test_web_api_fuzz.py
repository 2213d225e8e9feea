"""The API against its own description: whatever schemathesis sends, the answer is one that the description allows."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from invented import library
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from web_site import Checks

from constitution_check.web.app import create_app
from constitution_check.web.settings import Settings

# The description, the routing, the limits and the answers are real; what a check finds is invented, so that many
# requests can be made. Real checks of made-up files are in test_fuzz.py.
_CHECKS = Checks()
_CHECKS.go.set()
_APP = create_app(Settings(hosts=("testserver", "localhost", "127.0.0.1"), per_address=1000), _CHECKS,
                  library(_CHECKS.report))

# Which fields may come is looser than the description (browsers send more), and what is in a file is stricter (an
# empty one, a day that is none): both are refused or passed over with the description's own answers.
LEFT_OUT: list[Any] = [negative_data_rejection, positive_data_acceptance]

api = schemathesis.openapi.from_asgi("/openapi.json", _APP)


@pytest.mark.filterwarnings("ignore")
@api.parametrize()
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_one_that_the_description_allows(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate(excluded_checks=LEFT_OUT)
