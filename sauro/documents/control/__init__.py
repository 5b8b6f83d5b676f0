"""Control of documented information (TCVN ISO 9001:2015, 7.5), a module a part:

`classes` the approval policy; `register` the master list; `drafts` writing beside the version in force; `approval`
check, return, approve; `effect` what takes effect and what it replaces; `circulation` who is given it and who has
read it; `terms` when a document is to be reviewed, `reviews` the periodic review; `signing` the signature on the
approved PDF; `lattice` which verb leads where.
"""
