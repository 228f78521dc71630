"""From a photo to products."""
