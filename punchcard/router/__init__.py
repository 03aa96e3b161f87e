"""From what happened to what is owed: events in, occasions matched, instances told."""
