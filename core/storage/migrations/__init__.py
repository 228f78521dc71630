"""Alembic's scripts; run by ``core.storage.upgrade``."""
