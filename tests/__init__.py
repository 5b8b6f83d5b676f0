"""Tests of the whole: every address, the journey of a decision in a browser, the command line as a process."""
