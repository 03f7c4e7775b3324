"""Binds the features of the scheme metrology."""

from __future__ import annotations

from pytest_bdd import scenarios

scenarios("../features/metrology")
