"""The room of controlled documents (TCVN ISO 9001:2015, 7.5)."""
