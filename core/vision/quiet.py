"""Keep a library's announcements off the terminal."""

import contextlib
import os
import tempfile
from collections.abc import Iterator

_STDERR = 2
_NOISE = (b"absl::InitializeLog", b"oneDNN custom operations")


@contextlib.contextmanager
def without_announcements() -> Iterator[None]:
    """Hold back what native code writes to standard error; all but the known noise follows.

    TensorFlow announces itself while it is imported, before any of its log levels applies.
    """
    try:
        kept = os.dup(_STDERR)
    except OSError:  # a process without standard error has nothing to keep quiet
        yield
        return
    with tempfile.TemporaryFile() as held:
        os.dup2(held.fileno(), _STDERR)
        try:
            yield
        finally:
            os.dup2(kept, _STDERR)
            os.close(kept)
            held.seek(0)
            for line in held:
                if not any(noise in line for noise in _NOISE):
                    os.write(_STDERR, line)
