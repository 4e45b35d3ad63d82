"""Medal tables and the audit of published tallies."""
