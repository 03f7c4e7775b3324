"""The content of every DUIS element, as facts: names, order, occurrence, types, facets."""
