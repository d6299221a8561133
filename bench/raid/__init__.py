"""The day of a raid: a crowd is drawn, its messages are sent, every answer is judged, and things are broken meanwhile."""
