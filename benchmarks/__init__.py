"""Measurements on real documents; run each with ``python -m benchmarks.NAME``."""
