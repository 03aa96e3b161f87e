"""What a plan means in plain words, in any language that has a file in `locale/`."""
