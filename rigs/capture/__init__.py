"""Captures of the radio: how sniffers deliver frames, how they are kept, read and judged.

The same code reads frames as they come and from a file, so a replay is the same timeline.
"""
