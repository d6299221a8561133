"""The pure core: text in, values out.

Law of this folder: nothing here reads or writes a file, uses the network, the clock, randomness, logging, Django or
Rasa. What it needs (content, today's date) is passed in. `tests/core/test_purity.py` and import-linter hold it.
"""
