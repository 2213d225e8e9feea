"""The description of the API (OpenAPI 3.1), with the schema of the report as `constitution-check schema` prints it."""

from __future__ import annotations

from typing import Any

from constitution_check import __version__
from constitution_check.reports.jsonreport import json_schema
from constitution_check.web.settings import MAX_FILES, MAX_UPLOAD_BYTES

ERRORS = {
    "400": "The request is no form with files, brings cookies, or asks for a host that this is not.",
    "403": "Another site's page sent it.",
    "408": "The upload took too long.",
    "410": "The check was stopped.",
    "413": f"More than {MAX_UPLOAD_BYTES // 1_000_000} MB in all, or one file that is too large.",
    "422": "A file cannot be read or checked, none came, or an option is not understood; the message says which and "
           "what to do.",
    "429": "A check from this address is under way already.",
    "500": "A fault of the program.",
    "503": "No more checks can wait; Retry-After says when to try again.",
    "504": "The check took longer than it may.",
}
CODES = ["wrong-form", "no-cookies", "unknown-host", "other-site", "too-slow", "stopped", "too-big", "no-file",
         "empty-file", "too-many-files", "cannot-check", "one-at-a-time", "went-wrong", "busy", "out-of-time",
         "not-there", "method-not-allowed"]


def description() -> dict[str, Any]:
    """The whole description, as it is served at /openapi.json."""
    report = json_schema()
    defined = report.pop("$defs")
    report.pop("$schema", None)
    schemas = {name: _moved(schema) for name, schema in defined.items()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Constitution Check", "version": __version__, "license": {"name": "MIT", "identifier": "MIT"},
                 "description": "Reads the constitution of an NHS commissioning body and says which safeguards it "
                                "holds, weakens or lacks. Nothing that is sent is kept. The report is not legal "
                                "advice."},
        "paths": {"/api/check": {"post": _operation()}},
        "components": {"schemas": {**schemas, "Report": _moved(report), "Error": _error()}},
    }


def _operation() -> dict[str, Any]:
    answers = {status: {"description": said, "content": _json("Error")} for status, said in ERRORS.items()}
    return {
        "operationId": "check",
        "summary": "Check a constitution and answer with the report",
        "description": "Answers when the check is finished: seconds for most documents, minutes for scans. The report "
                       "is the one that `constitution-check check --format json` writes.",
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _form()}}},
        "responses": {"200": {"description": "The report.", "content": _json("Report")}, **answers},
    }


def _form() -> dict[str, Any]:
    file = {"type": "string", "contentMediaType": "application/octet-stream"}
    return {
        "type": "object", "required": ["constitution"],
        "properties": {
            "constitution": {**file, "description": "The constitution. Its name's ending must agree with what it is."},
            "handbook": {"type": "array", "items": file, "maxItems": MAX_FILES - 1,
                         "description": "Handbooks and policies to read beside it."},
            "safeguard": {"type": "array", "items": {"type": "string", "maxLength": 100}, "maxItems": 50,
                          "description": "Ids of the safeguards to look for; all where none is given."},
            "as_of": {"type": "string", "maxLength": 40,
                      "description": "The day at which the law is stated (2022-07-01), in place of the document's."},
        }}


def _error() -> dict[str, Any]:
    words = {"code": {"type": "string", "enum": CODES, "description": "What went wrong, for programs."},
             "message": {"type": "string", "description": "What happened and what to do, for people."}}
    inner = {"type": "object", "required": list(words), "properties": words, "additionalProperties": False}
    return {"type": "object", "required": ["error"], "properties": {"error": inner}, "additionalProperties": False}


def _json(name: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}


def _moved(schema: Any) -> Any:
    """The schema with its references led to where OpenAPI keeps them."""
    if isinstance(schema, dict):
        return {key: value.replace("#/$defs/", "#/components/schemas/") if key == "$ref" else _moved(value)
                for key, value in schema.items()}
    return [_moved(one) for one in schema] if isinstance(schema, list) else schema
