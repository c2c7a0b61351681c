"""Passages written for this project, every attribution in them annotated: README.md says how."""
