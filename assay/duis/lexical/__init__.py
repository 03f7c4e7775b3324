"""Text of one element or attribute to its typed value, and back."""

from assay.duis.lexical.reading import read_text
from assay.duis.lexical.violation import ViolationError, quote
from assay.duis.lexical.writing import write_text

__all__ = ["ViolationError", "quote", "read_text", "write_text"]
