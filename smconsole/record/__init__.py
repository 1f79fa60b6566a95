"""Everything about one post or one channel in order, and as a file that proves itself."""
