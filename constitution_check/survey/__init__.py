"""Many constitutions at once: checked side by side, kept in a register, shown as one picture.

The flow: files → one of the engines (`pool`, `fleet`) → `register` → `rows` → the outputs. Nothing here reads a
document or judges one: each file goes through `check_document` like any other.
"""
