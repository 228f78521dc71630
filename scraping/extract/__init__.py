"""Page → products: pure functions, no I/O."""

from scraping.extract.merge import Extracted, extract, extract_with_sources
from scraping.extract.page import Page, canonical

__all__ = ["Extracted", "Page", "canonical", "extract", "extract_with_sources"]
