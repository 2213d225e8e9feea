"""Reads a constitution and says which safeguards against privatisation it holds."""
