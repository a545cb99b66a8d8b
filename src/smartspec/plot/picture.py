"""Picture: a plotly figure that is seen wherever its notebook goes, and needs no network there."""

import importlib
from typing import Any

go: Any = importlib.import_module("plotly.graph_objects")
pio: Any = importlib.import_module("plotly.io")

# The defaults of Jupyter, JupyterLab and VS Code: they show a type of plotly's own, which an exported page cannot.
_PLOTLY_ALONE = ("plotly_mimetype", "jupyterlab", "vscode", "nteract")
# Exported pages load require.js, and the script of plotly 6 and older gives itself to that where it finds it.
_APART = (
    "<script>var apart = window.define; window.define = undefined;</script>{}<script>window.define = apart;</script>"
)


class Picture(go.Figure):  # type: ignore[misc]
    """A plotly figure that also gives its HTML to a notebook, with all that this needs.

    Whoever sets ``plotly.io.renderers.default`` gets what that renderer gives.
    """

    def _repr_mimebundle_(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        html = _APART.format(self.to_html(full_html=False))
        return {"text/html": html, **super()._repr_mimebundle_(*args, **kwargs)}

    def _ipython_display_(self) -> None:
        if pio.renderers.render_on_display and pio.renderers.default in _PLOTLY_ALONE:
            importlib.import_module("IPython.display").display(self._repr_mimebundle_(), raw=True)
        else:
            super()._ipython_display_()
