"""What checking a campaign's text costs."""
