"""The demonstration: real places, invented people and posts, told through the same verbs that people use."""
