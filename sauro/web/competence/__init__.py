"""Steering committee, responsibilities, competence and training (clauses 5.3 and 7.2)."""
