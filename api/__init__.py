"""The HTTP surface: the API for integrators and the console for marketers and analysts."""
