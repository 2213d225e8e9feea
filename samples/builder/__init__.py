"""Builds the sample constitutions: text with light mark-up in, Word files with automatic numbering out.

`python -m samples.builder` writes every .docx and expected.json; the PDF is made from its .docx by LibreOffice.
"""
