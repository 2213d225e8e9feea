"""`python -m constitution_check` is `constitution-check`."""

from constitution_check.cli import main

if __name__ == "__main__":
    main(prog_name="constitution-check")
