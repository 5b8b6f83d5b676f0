"""The map of clauses: what answers each, what is thin."""
