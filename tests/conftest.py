"""What every test shares: how Hypothesis searches."""

from __future__ import annotations

import os

from hypothesis import settings

# Times differ between machines and under load, so no test fails on one. Where .ci/run asks for it the search is
# the same every time, so that a red result is about the change at hand.
settings.register_profile("everyday", deadline=None, print_blob=True)
settings.register_profile("whole-check", deadline=None, print_blob=True, derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everyday"))
