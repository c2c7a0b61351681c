"""Benchmarks, one file a task; each prints one JSON object."""
