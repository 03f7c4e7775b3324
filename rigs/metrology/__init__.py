"""Measuring what a meter gets wrong: points, procedure, uncertainty (GUM), decision (JCGM 106)."""
