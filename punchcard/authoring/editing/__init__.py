"""What an editor asks of a campaign at a place: completion, explanation, definition, outline, fixes. No protocol."""
