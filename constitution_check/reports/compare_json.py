"""The comparison as JSON, version 1, and its JSON Schema."""

from __future__ import annotations

import json
from typing import Any

from constitution_check.compare.records import Comparison
from constitution_check.reports.jsonreport import whole_schema


def render_compare_json(comparison: Comparison) -> str:
    """The comparison as one object."""
    return json.dumps(comparison.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def compare_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a comparison as `render_compare_json` writes it."""
    return whole_schema(Comparison, "Constitution Check comparison, version 1",
                        "Two versions of a constitution compared, safeguard by safeguard.")
