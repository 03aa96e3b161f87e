"""Campaigns tried at virtual time: the real router, ledger, ticks and letters, without Temporal and without mail."""
