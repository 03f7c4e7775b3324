"""A row: the templates of one message code, in the order of its response element."""

from __future__ import annotations

from assay.mmc.templates import Template

Row = tuple[Template, ...]
