"""What several tests stand on: real servers, free ports, and the rule for imports."""
