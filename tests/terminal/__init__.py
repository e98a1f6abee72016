"""The program as a black box: a process of its own on a real pseudo-terminal, typed at, read, ended in every way."""
