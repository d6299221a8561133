"""The list of what runs, what is known against it, and our answers."""
