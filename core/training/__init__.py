"""Learning from labelled photos what ``core.vision`` ships, and judging it."""
