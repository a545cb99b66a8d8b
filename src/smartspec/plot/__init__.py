"""Pictures of a catalogue with plotly, a module each, over one layout. Nothing here decides what is related.

plotly comes with the extra ``smartspec[plot]`` and is imported when the first picture is drawn.
"""

from .flow import alignment_flow
from .matrix import area_matrix
from .network import network
from .partners import partner_matrix
from .themes import theme_matrix
from .timeline import timeline
from .tree import strategy_tree

__all__ = ["alignment_flow", "area_matrix", "network", "partner_matrix", "strategy_tree", "theme_matrix", "timeline"]


def __dir__() -> list[str]:
    return __all__
