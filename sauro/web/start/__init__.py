"""The first hour of a new agency: from its units to drafts and the plan of the year."""
