"""Figures, printed beside a bare reference of the same run: `python -m tests.benchmarks`. Never asserted."""
