"""Random lives of a prepayment meter, held against a model of it."""
