"""Files and streams to reports, with noise marked."""

from onrecord.ingest.languages import find_language
from onrecord.ingest.noise import find_noise
from onrecord.ingest.notice import Notice
from onrecord.ingest.read import read_reports
from onrecord.ingest.report import report_id

__all__ = ["Notice", "find_language", "find_noise", "read_reports", "report_id"]
