"""One module a format; each turns a file into Blocks and never judges."""
