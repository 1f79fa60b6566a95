"""What the figures can and cannot bear (domain.md D.7): pure functions on plain arrays, to the digit for a seed.

numpy and scipy are imported in here only, and this package only by whoever runs an analysis (engagement/analyses.py),
so that no page waits for them. Shares and exposures go in as they are; estimates come out in the outcome's unit.
"""
