"""Runs Millrace jobs from Airflow: a hook, an operator, and a trigger for deferred tasks."""
