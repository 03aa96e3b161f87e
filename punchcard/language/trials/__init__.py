"""Campaign tests as text: a customer, what happens to them, and what is expected; or every mistake at its place."""
