"""Read-only: shop descriptions, vocabularies, the demo shop."""
