"""What a platform has told lately, as it may tell it again."""

from collections import OrderedDict
from collections.abc import Iterable

_REMEMBERED = 4096


class Recent:
    """The ids of the last 4,096 that were told; in memory alone."""

    def __init__(self) -> None:
        self._ids: OrderedDict[int, None] = OrderedDict()

    def note(self, ids: Iterable[int]) -> None:
        """Take these as told before."""
        for number in ids:
            self.is_new(number)

    def is_new(self, number: int) -> bool:
        """Whether this is told for the first time; from now on it is not."""
        if number in self._ids:
            return False
        self._ids[number] = None
        if len(self._ids) > _REMEMBERED:
            self._ids.popitem(last=False)
        return True
