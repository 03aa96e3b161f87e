"""The facts: each noun's table and the functions on it."""
