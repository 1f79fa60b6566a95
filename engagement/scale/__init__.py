"""Fills a database with a force's years of posts, for measuring. Invented throughout."""
