"""The JSON report, version 1, and its JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from constitution_check.model import Report


def render_json(reports: Sequence[Report], several: bool = False) -> str:
    """One report as an object; several, or one of several files asked for, as an array in order."""
    dumped = [report.model_dump(mode="json") for report in reports]
    return json.dumps(dumped if several or len(dumped) != 1 else dumped[0], ensure_ascii=False, indent=2) + "\n"


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one report as `render_json` writes it."""
    schema = Report.model_json_schema(mode="serialization", by_alias=True)
    for record in (schema, *schema["$defs"].values()):
        if "properties" in record:
            record["required"] = list(record["properties"])  # a report leaves nothing out, defaults neither
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Constitution Check report, version 1",
        "description": "One report. A check of several files gives an array of these, in the order of the files.",
    }
