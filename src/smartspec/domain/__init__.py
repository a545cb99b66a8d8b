"""The domain: what a record is, and the classes of records. Nothing here knows of catalogues, files or pictures."""
