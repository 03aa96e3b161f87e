"""The demo: a real purchase history, played to this installation by customers who read their e-mail."""
