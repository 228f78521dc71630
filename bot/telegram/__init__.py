"""Telegram: updates in, API calls out."""
