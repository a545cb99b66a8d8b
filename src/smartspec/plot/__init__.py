"""Pictures of a catalogue with plotly, a module each, over one layout. Nothing here decides what is related."""

from .pictures import alignment_flow, area_matrix, network, strategy_tree, timeline

__all__ = ["alignment_flow", "area_matrix", "network", "strategy_tree", "timeline"]
