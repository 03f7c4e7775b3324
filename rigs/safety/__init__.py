"""Nothing dangerous at any terminal, whatever happened to whoever drove the bench.

What is here and in `assay.verdicts` is all that the watchdog loads: it has to start fast, and
to work when a driver does not.
"""
