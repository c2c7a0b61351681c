"""The two phases of the work, run on the processes of this machine."""

from onrecord.engine.build import Progress, Summary, build_record, remove_reports
from onrecord.engine.extract import extract_reports

__all__ = ["Progress", "Summary", "build_record", "extract_reports", "remove_reports"]
