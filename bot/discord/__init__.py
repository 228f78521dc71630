"""Discord: interactions in, API calls out."""
