"""Context, interested parties, scope and procedures, processes, outside providers (clauses 4 and 8.4)."""
