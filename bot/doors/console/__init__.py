"""The advocates' door: accounts, roles, and the pages where the content is kept. It never imports the public door."""
