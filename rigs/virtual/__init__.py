"""Instruments that exist in software and speak the wire protocol of the real ones."""
