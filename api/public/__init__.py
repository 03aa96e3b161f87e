"""The pages that links in messages lead to: usable without script, in the customer's language."""
