"""A copy of the document itself with comments on its words and the wording to ask for."""
