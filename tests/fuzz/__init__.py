"""Fuzzing: what must hold of our parsers whatever bytes come in. `make fuzz` hunts (atheris), pytest replays what was found."""
