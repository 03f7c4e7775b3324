"""Checks that a listener makes without asking anyone; each looks at one frame after the other."""
