"""One function for each side effect: unpack, one call, return."""
