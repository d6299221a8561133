"""Text messages: the door for SMS and WhatsApp. A number becomes a pseudonym in the first function that sees it."""
