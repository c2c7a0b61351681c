"""Reads news reports and builds the record behind them: who said what to whom, when, and through whom we know it."""
