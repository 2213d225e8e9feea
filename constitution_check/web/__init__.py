"""The upload page and its API: files in, the same Report out; holds no rule, and keeps nothing."""
