"""Gherkin: what is certified, a folder per scheme. The files travel with the package."""
