"""Rounds of reports as the focal unit sees them: gathering, settling, writing the consolidated report."""
