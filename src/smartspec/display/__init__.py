"""Display: entities and tables as HTML, Mermaid and plain text. Nothing here decides what is related."""
