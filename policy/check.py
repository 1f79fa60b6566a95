"""The check: a pure function over what is said and what is known. No database, no clock, no network."""
