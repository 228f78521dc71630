from tests.scenarios.fixtures import stocked

__all__ = ["stocked"]
