"""Starts the office and its tests on one machine: install, database, broker, web, worker, beat."""
