"""The console around the rooms: settings, the clock, the addresses, the front door.

Nothing is imported here: `manage.py` opens this package before any requirement is installed.
"""
