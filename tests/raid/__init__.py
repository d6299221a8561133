"""The day of a raid in small: the benchmark's own crowd and faults, with few messages."""
