"""The JSON report, version 1, and its JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from constitution_check.model import Report


def render_json(reports: Sequence[Report], several: bool = False) -> str:
    """One report as an object; several, or one of several files asked for, as an array in order."""
    dumped = [report.model_dump(mode="json") for report in reports]
    return json.dumps(dumped if several or len(dumped) != 1 else dumped[0], ensure_ascii=False, indent=2) + "\n"


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one report as `render_json` writes it."""
    return whole_schema(Report, "Constitution Check report, version 1",
                        "One report. A check of several files gives an array of these, in the order of the files.")


def whole_schema(record: type[BaseModel], title: str, description: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a record that is written whole."""
    schema = record.model_json_schema(mode="serialization", by_alias=True)
    for part in (schema, *schema["$defs"].values()):
        if "properties" in part:
            part["required"] = list(part["properties"])  # a report leaves nothing out, defaults neither
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": title,
            "description": description}
