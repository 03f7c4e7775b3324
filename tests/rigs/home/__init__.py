"""Tests of the small devices of a home."""
