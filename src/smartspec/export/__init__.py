"""Export: what other people's tools take, a module each. Nothing here decides what is related, or asks the network.

The libraries that are needed come with the extras of `smartspec` and are imported when they are first needed.
"""

__all__: list[str] = []


def __dir__() -> list[str]:
    return __all__
