"""What instances do in the world: one function for each side effect. Unpack, one call, return."""
