"""The command line: one module a command, joined in `cli`."""
