"""The two phases of the work, run on the processes of this machine."""

from onrecord.engine.build import Progress, Summary, build_record, list_record, remove_reports
from onrecord.engine.check import Soundness, blaming, check_record
from onrecord.engine.doctor import Health, examine
from onrecord.engine.extract import extract_reports
from onrecord.engine.fix import Log, fix_record, read_log, undo_corrections

__all__ = [
    "Health",
    "Log",
    "Progress",
    "Soundness",
    "Summary",
    "blaming",
    "build_record",
    "check_record",
    "examine",
    "extract_reports",
    "fix_record",
    "list_record",
    "read_log",
    "remove_reports",
    "undo_corrections",
]
