"""`python -m sauro.cli`, which the `sauro` command runs."""

from sauro.cli.main import main

main(prog_name="sauro")
