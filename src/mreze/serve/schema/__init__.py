"""Vocabulary and shapes as people read them: terms, demands in words, and a diagram."""
