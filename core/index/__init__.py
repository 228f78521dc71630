"""Nearest neighbours: generations, Annoy, the exact scan."""
