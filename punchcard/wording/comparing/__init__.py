"""Two versions of a campaign compared: what changes, in the sentences that explain it."""
