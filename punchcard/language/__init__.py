"""Campaign text in, a plan or diagnostics out."""
