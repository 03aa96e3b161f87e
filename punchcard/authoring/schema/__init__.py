"""JSON Schemas of what authors write, made from the language's tables."""
