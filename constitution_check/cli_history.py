"""The `history` command: a body's versions as the register has them."""

from __future__ import annotations

import json

import click


def run_history(body: str, place: str, as_json: bool) -> None:
    """Print the history of a body from the register at `place`. Raises CheckError where either is not there."""
    from constitution_check.survey.needs import require

    require("survey", "sqlalchemy")
    from constitution_check.survey import history
    from constitution_check.survey.register import Register

    register = Register(place, new=False)
    try:
        steps = history.history(register, body)
    finally:
        register.close()
    click.echo(json.dumps(history.as_json(steps), ensure_ascii=False, indent=2) if as_json
               else history.as_text(steps).rstrip("\n"))
