"""The tutor in a terminal: drawn for a person, or plain lines through pipes."""
