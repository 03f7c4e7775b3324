"""Anomaly detection: too many communications, or values out of bounds, and what is held for it.

SEC section A has three kinds: a User's own threshold, the DCC's over all Users, and limits on a
value inside a communication. What is in excess of a threshold is held, and so is every
communication with a value out of its limits, until its User says that it is to go on or to be
deleted, through files that it signs (`desk`; docs/anomaly_files.md). A warning comes earlier and
holds nothing.
"""
