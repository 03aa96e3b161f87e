"""The facts: one noun a file, its table and the functions on it. Functions take a connection and never commit."""
