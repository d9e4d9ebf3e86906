"""The words given to learners and to a language model: data, no code."""
