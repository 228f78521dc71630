from tests.support.databases import (  # noqa: F401  fixtures, used by name
    database,
    maker,
    postgres_maker,
    sqlite_maker,
    url,
)
