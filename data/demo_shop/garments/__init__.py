"""Garments: each function draws one kind on a canvas."""
