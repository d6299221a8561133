"""The programs that are measured, each in a process of its own, so that nobody's memory or start-up is counted for another's."""
