"""The one way in which a campaign's file is laid out: order of keys, spacing, texts as blocks; comments stay."""
