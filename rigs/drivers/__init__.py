"""Drivers of instruments; the same code runs against hardware and against `rigs.virtual`."""
