"""Invented constitutions to try the checker on, what is expected of each, and the script that builds them."""
