"""Rebuilds the shipped weights; see README.md."""
