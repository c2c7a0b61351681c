"""The two phases of the work on Spark: the functions of one machine, called from another loop."""

from onrecord.cluster.build import build_on_spark

__all__ = ["build_on_spark"]
