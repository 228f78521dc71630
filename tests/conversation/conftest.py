from tests.scenarios.fixtures import ann, clock, empty_world, stocked, world

__all__ = ["ann", "clock", "empty_world", "stocked", "world"]
