"""How well the offline tutor answers and declines: `python -m benchmarks.offline_tutor`."""
