"""What every test shares: how Hypothesis searches."""

from __future__ import annotations

import os

from hypothesis import settings

# Times differ between machines and under load, so no test fails on one. In the project's own whole check the
# search is the same every time, so that a red result is about the change at hand.
settings.register_profile("everyday", deadline=None, print_blob=True)
settings.register_profile("whole-check", deadline=None, print_blob=True, derandomize=True)
settings.load_profile("whole-check" if os.environ.get("CI") else "everyday")
