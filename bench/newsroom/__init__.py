"""Invented reports of an invented press, as many as are asked for, with realistic names, dates and copies."""

from bench.newsroom.analyst import Analyst
from bench.newsroom.derive import derive, model_of, to_report
from bench.newsroom.stream import Written, write, write_reports

__all__ = ["Analyst", "Written", "derive", "model_of", "to_report", "write", "write_reports"]
