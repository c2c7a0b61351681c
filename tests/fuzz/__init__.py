"""Inputs that nobody would write: valid ones of every kind, mutated by a number, and read as `onrecord build` reads.

`make fuzz` reads 100,000 of them, the tests 5,000. An input is made again from its kind and its number.
"""
