"""What one reading may use. Each number with its reason; docs/limits.md says which platform enforces which."""

from __future__ import annotations

MEMORY_BYTES = 1_000_000_000
"""Address space of the child and of each program it starts. The readers with their libraries take 60 MB; the largest
honest file met took 300 MB; rendering a page for OCR takes 50 MB."""

SHORT_OF_MEMORY = 0.7
"""Share of the memory above which an error in reading is put down to it: the readers ask for at most 120 MB at once."""

CPU_SECONDS = 20
"""Processor time of the child. 125 pages take under 2 seconds; the slowest honest file met took 4."""

WALL_SECONDS = 60.0
"""Clock time until the answer is whole, for a file without OCR: longer than the processor time, because a busy machine
must not make a sound file look like a bad one."""

PAGE_SECONDS = 20
"""Processor and clock time added for each page that goes to OCR: 2 seconds is usual, a crowded page may take 10."""

MOST_WALL_SECONDS = 1_800.0
"""Clock time after which a reading is ended come what may: 450 pages of OCR at twice the usual time."""

MOST_CPU_SECONDS = 1_800
"""Processor time that the child cannot raise for itself."""

OPEN_FILES = 64
"""The file, its conversation with us, and what tesseract opens."""

MAX_OUTPUT_BYTES = 64_000_000
"""All that the child may send: both views of the longest text allowed, in UTF-8 and JSON."""

MAX_FRAME_BYTES = 2_000_000
"""One message: what is built from it at a time stays small."""

MAX_SENTENCE_CHARS = 1_200
"""A sentence to the reader; longer is no sentence."""

MAX_BLOCKS = 100_000
"""Paragraphs of one view: the longest constitution known has 6,000."""

MAX_CHANGES = 100_000
"""Tracked changes."""

MAX_UNREAD = 2_500
"""Things named as unread: one for each page, and some."""

MAX_MESSAGES = 20_000
"""Messages of any kind in one reading; a page sends one or two."""

PROGRAM_OUTPUT_BYTES = 10_000_000
"""What an outside program may print."""

PROGRAM_FILE_BYTES = 200_000_000
"""The largest file that an outside program may write."""

PROGRAM_OPEN_FILES = 1_024
"""LibreOffice opens some hundreds."""

