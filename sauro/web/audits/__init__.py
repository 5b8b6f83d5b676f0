"""The room of internal audits."""
