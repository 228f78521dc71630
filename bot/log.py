"""Logging: one line a record to standard error, no secret in it."""

import logging
import sys
from collections.abc import Collection

_NOISY = ("httpx", "httpcore", "apscheduler", "aiohttp.access", "asyncio", "PIL", "alembic", "absl")


def configure_logging(level: str, *, secrets: Collection[str]) -> None:
    """Log from ``level`` on; every one of ``secrets`` is replaced by ``***`` wherever it stands."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacting(secrets))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)


class _Redacting(logging.Formatter):
    def __init__(self, secrets: Collection[str]) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%H:%M:%S")
        self._secrets = [secret for secret in secrets if secret]

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, "***")
        return line
