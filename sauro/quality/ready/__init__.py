"""What an agency starts with: the standard's clauses, audit questions, model documents, the year's plan, starters.

Data files and plain loaders. Nothing here is in force until a person of the agency takes it over and edits it.
"""
