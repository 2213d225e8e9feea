"""One module a format; each shows a Report and never decides."""
