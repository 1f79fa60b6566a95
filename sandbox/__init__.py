"""A local X and a local Facebook: one HTTP server that the real client packages talk to.

It imports nothing of the house and the house imports nothing of it. README.md tells how to use it.
"""
