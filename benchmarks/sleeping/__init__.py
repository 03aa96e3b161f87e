"""What instances cost that do nothing but wait: memory of worker and server, bytes in the databases."""
