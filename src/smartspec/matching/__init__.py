"""Matching: to which innovation areas a text belongs, and why; the vocabulary of their themes lies beside it.

Nothing here reads datasets or draws.
"""
