"""A year of an agency's quality system, chapter by chapter, each a module of steps on the pages."""
