"""Commands: what a person asks for in a terminal, a module for each group. Nothing here decides what is found.

Each command is a function that declares its words and options to argparse and names the one that carries it out; that
one prints its answer and returns the exit status. Whatever stands in its way is raised: `__main__` tells it on stderr.
"""
