"""What setting up a platform comes to, one thing at a time."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at, and what was found.

    ``mend`` is the sentence that says how to put it right; None where it is well.
    """

    what: str
    found: str
    mend: str | None = None
