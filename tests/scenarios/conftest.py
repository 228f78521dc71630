from tests.scenarios.fixtures import clock, stocked, world

__all__ = ["clock", "stocked", "world"]
