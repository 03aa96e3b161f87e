"""From an event to the occasions it makes, and from there to the workflows."""
