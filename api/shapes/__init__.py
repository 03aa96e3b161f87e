"""What the API takes and gives, one noun a file: pydantic models, strict in what they take."""
