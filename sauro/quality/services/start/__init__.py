"""A new agency's first hour, a module a part: `course` the way through it, `units`, `people` and `procedures` the lists
that it brings, `making` what is made from the ready set (TCVN ISO 9001:2015, 4, 5.3, 6, 7.5)."""
