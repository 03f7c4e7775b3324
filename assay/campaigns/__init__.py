"""A plan becomes verdicts: selection, ledger, jobs, verdict of the run.

The runner is one process and the only writer of the ledger. Scenarios run in a job, a fresh
pytest process that knows nothing of the ledger: it asks the runner before each scenario and
tells it afterwards, so that a job that is killed leaves the truth behind it intact.
"""
