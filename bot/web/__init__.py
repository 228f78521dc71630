"""The chat page: a browser in, JSON out."""
