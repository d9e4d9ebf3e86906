"""The words given to a language model, and the words of the tutor that has none."""
