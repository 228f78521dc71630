"""From a shop to the catalogue."""
