"""The API's operations, one noun a file."""
