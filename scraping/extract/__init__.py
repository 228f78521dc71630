"""Page → products: pure functions, no I/O."""

from scraping.extract.merge import extract, extract_with_sources
from scraping.extract.page import Page, canonical
from scraping.extract.record import Extracted

__all__ = ["Extracted", "Page", "canonical", "extract", "extract_with_sources"]
