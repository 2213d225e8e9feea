"""Becomes an outside program, after giving up what that program shall not have. Started by `program.run_program`."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from constitution_check.contained import confine
from constitution_check.contained.limits import PROGRAM_FILE_BYTES, PROGRAM_OPEN_FILES

NOT_THERE = 127


def main(told: str) -> None:
    """Confine this process and become the program. told: what `run_program` was asked, as JSON."""
    ask = json.loads(told)
    confine.leave_network()
    confine.limit(memory=ask["memory"], cpu=(ask["seconds"], ask["seconds"] + 1), file_size=PROGRAM_FILE_BYTES,
                  open_files=PROGRAM_OPEN_FILES)
    confine.hide_files(read=(*map(Path, ask["read"]), *confine.PROGRAM_FILES), write=[Path(ask["write"])],
                       sockets=map(Path, ask["sockets"]), run=[Path(ask["args"][0]).resolve().parent])
    try:
        os.execv(ask["args"][0], ask["args"])
    except OSError:
        os._exit(NOT_THERE)


if __name__ == "__main__":
    main(sys.argv[1])
