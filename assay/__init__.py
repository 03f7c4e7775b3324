"""Assay: test harness and certification runner for GB smart-metering devices."""
