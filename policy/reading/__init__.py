"""How a text is read before it is judged: folding, words, names, streets, ages, dates."""
