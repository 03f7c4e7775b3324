"""Tests of what else stands in a laboratory, each driver against its virtual peer."""
