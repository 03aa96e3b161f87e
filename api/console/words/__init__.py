"""What plans, journals and facts mean in plain words, in the viewer's language."""
