"""Tests of the communications hub."""
