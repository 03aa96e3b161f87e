"""Orders per second: through ingest and HTTP, beside the raw driver's insert and counter."""
