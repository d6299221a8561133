"""The Django project: the public door for residents (and, later, the console for advocates). Neither imports the other."""
