"""How well a tutor answers, declines, cites and keeps secrets: `python -m benchmarks.tutor`."""
