"""What helps to write campaigns, in terminal, editor and CI: all of it stands on the one check of the language."""
