"""The catalogue: finding entities and relating them. Nothing here reads files or draws."""
