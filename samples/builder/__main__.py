"""python -m samples.builder: build every sample again from its text.

With `--pages` it also asks LibreOffice on which page each heading falls, for the contents pages, and makes the PDF.
"""

from __future__ import annotations

import json
import sys

from samples.builder.make import PAGES, build_all, find_pages, make_pdf

if __name__ == "__main__":
    if "--pages" in sys.argv:
        PAGES.write_text(json.dumps(find_pages(), indent=1) + "\n", encoding="utf-8")
    build_all()
    if "--pages" in sys.argv:
        make_pdf()
