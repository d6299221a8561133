"""The content's history in git: what a moment's files hold, drafts that wait for a second person, publication as one step."""
