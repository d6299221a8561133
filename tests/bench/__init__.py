"""Tests of the benchmarks: that they count rightly and say what they counted."""
