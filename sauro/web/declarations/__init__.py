"""Declarations of conformity, the year's report, the auditor's folder."""
