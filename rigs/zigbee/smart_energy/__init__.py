"""Clusters of the Smart Energy profile that GBCS devices use on the air."""
