"""Per service request variant, the use cases that its Pre-Command may be, family by family."""
