"""The vocabulary of the features: thin steps that call the bench and compare.

Module names are those of the subjects they speak of; `test_<scheme>.py` binds the features.
Steps never use a bare assert: what the subject did wrong is a NonConformity.
"""
