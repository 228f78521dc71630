"""The bot's token stays out of every log record."""

import logging
import re
from collections.abc import Callable
from types import TracebackType

_PLAIN = logging.Formatter()
_Factory = Callable[..., logging.LogRecord]


class Redaction:
    """While entered, no log record of this process carries the token.

    httpx writes whole URLs, and the token is part of Telegram's; its records below WARNING are
    switched off besides. So are the library's at DEBUG, which hold what people write.
    """

    def __init__(self, token: str) -> None:
        secret = token.rpartition(":")[2]
        self._pattern = re.compile("|".join(map(re.escape, filter(None, (token, secret)))))
        self._before: _Factory | None = None
        self._make: _Factory | None = None

    def __enter__(self) -> "Redaction":
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.WARNING)
        library = logging.getLogger("telegram")
        if library.getEffectiveLevel() < logging.INFO:
            library.setLevel(logging.INFO)
        before = self._before = logging.getLogRecordFactory()

        def make(*args: object, **kwargs: object) -> logging.LogRecord:
            return self._redacted(before(*args, **kwargs))

        self._make = make
        logging.setLogRecordFactory(make)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._before and logging.getLogRecordFactory() is self._make:
            logging.setLogRecordFactory(self._before)

    def _redacted(self, record: logging.LogRecord) -> logging.LogRecord:
        try:
            message = record.getMessage()
        except (TypeError, ValueError):
            return record  # the handler reports the broken call
        if self._pattern.search(message):
            record.msg, record.args = self._pattern.sub("[token]", message), ()
        if record.exc_info and not record.exc_text:
            text = _PLAIN.formatException(record.exc_info)
            if self._pattern.search(text):
                record.exc_text = self._pattern.sub("[token]", text)
        return record
