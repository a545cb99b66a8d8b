"""Datasets: directories of JSON read, checked, converted and written; and the packaged ones, a folder each."""
