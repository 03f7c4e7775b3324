"""The Non-Gateway Interface: a file drop for suppliers who are not yet users (duis.md 17).

No public text describes it beyond its purpose; everything here is inferred
(docs/non_gateway_interface.md).
"""
