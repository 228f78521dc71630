"""The tables. What changes here needs a migration, and a test compares the two."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Time,
    UniqueConstraint,
    and_,
    false,
    true,
)

from core.storage.types import Amount, RowId, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# The catalogue ----------------------------------------------------------------------------

shops = Table(
    "shops",
    metadata,
    Column("name", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("url", Text),
    Column("enabled", Boolean, nullable=False, server_default=true()),
    # The start of the last complete run that was counted, so that none is counted twice.
    Column("counted_run", UtcDateTime),
)

products = Table(
    "products",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("shop", Text, ForeignKey("shops.name"), nullable=False),
    Column("key", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("url", Text),
    Column("brand", Text),
    Column("kind", Text),
    Column("colour", Text),
    Column("gender", Text),
    Column("pattern", Text),
    # What is searched by words: those of title, brand and kind, folded, a blank before each.
    Column("words", Text),
    Column("record_hash", Text, nullable=False),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("last_seen", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("missed_runs", Integer, nullable=False, server_default="0"),
    Column("gone_at", UtcDateTime),
    UniqueConstraint("shop", "key"),
    Index(None, "first_seen"),
    Index(None, "kind"),
    # An id is never given twice: likes, answers and index generations outlive a row.
    sqlite_autoincrement=True,
)

offers = Table(
    "offers",
    metadata,
    Column(
        "product_id",
        RowId,
        ForeignKey("products.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("price", Amount),
    Column("currency", Text),
    Column("availability", Text, nullable=False),
    # The names by which what is in stock may be asked for, each between bars; where known.
    Column("sizes", Text),
    Column("checked_at", UtcDateTime, nullable=False),
)

# What a euro was worth on the latest day of which that is known: by currency, as text.
rates = Table(
    "rates",
    metadata,
    Column("day", Date, primary_key=True),
    Column("per_euro", JSON, nullable=False),
)

# An offer's past: a row from the moment on that it was so.
prices = Table(
    "prices",
    metadata,
    Column(
        "product_id",
        RowId,
        ForeignKey("products.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("since", UtcDateTime, primary_key=True),
    Column("price", Amount),
    Column("currency", Text),
    Column("availability", Text, nullable=False),
)

images = Table(
    "images",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("product_id", RowId, ForeignKey("products.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("url", Text, nullable=False),
    Column("content_hash", Text),
    Column("error", Text),
    Column("fetched_at", UtcDateTime),
    Index(None, "product_id", "position"),
    Index(None, "content_hash"),
    sqlite_autoincrement=True,
)
_pending = and_(images.c.content_hash.is_(None), images.c.error.is_(None))
Index("ix_images_pending", images.c.id, sqlite_where=_pending, postgresql_where=_pending)

# The shops' pages as they were last read; one that has not changed is not read again.
pages = Table(
    "pages",
    metadata,
    Column("shop", Text, ForeignKey("shops.name"), primary_key=True),
    Column("url", Text, primary_key=True),
    Column("reader", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("product_keys", JSON, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("seen_at", UtcDateTime, nullable=False),
)

# The shops' sitemaps as they were last sent; one that has not changed is not sent again.
sitemaps = Table(
    "sitemaps",
    metadata,
    Column("shop", Text, ForeignKey("shops.name"), primary_key=True),
    Column("url", Text, primary_key=True),
    Column("packed", LargeBinary, nullable=False),  # by gzip
    Column("etag", Text),
    Column("last_modified", Text),
    Column("sent_at", UtcDateTime, nullable=False),
)

# What a night has had answers for, before it is judged; a killed one goes on from here.
staged_pages = Table(
    "staged_pages",
    metadata,
    Column("shop", Text, ForeignKey("shops.name"), primary_key=True),
    Column("url", Text, primary_key=True),
    Column("run_id", RowId, ForeignKey("runs.id", ondelete="CASCADE"), nullable=False),
    Column("content", Text, nullable=False),
    Column("product_keys", JSON, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("records", JSON(none_as_null=True)),
    Column("gone", Boolean, nullable=False, server_default=false()),
    Column("seen_at", UtcDateTime, nullable=False),
    Index(None, "run_id"),
)

vectors = Table(
    "vectors",
    metadata,
    Column("content_hash", Text, primary_key=True),
    Column("fingerprint", Text, primary_key=True),
    Column("dim", Integer, nullable=False),
    Column("vector", LargeBinary, nullable=False),  # dim little-endian float16
)

# People -----------------------------------------------------------------------------------

likes = Table(
    "likes",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("platform", Text, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("product_id", RowId, ForeignKey("products.id", ondelete="CASCADE"), nullable=False),
    Column("liked_at", UtcDateTime, nullable=False),
    UniqueConstraint("platform", "person_id", "product_id"),
    Index(None, "product_id"),
    sqlite_autoincrement=True,
)

# What else tells of a taste. Who it is of is a person, or, without one, a group.
signals = Table(
    "signals",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("platform", Text, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("chat_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("product_id", RowId, ForeignKey("products.id", ondelete="CASCADE"), nullable=False),
    Column("times", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("platform", "person_id", "chat_id", "kind", "product_id"),
    Index(None, "product_id"),
    sqlite_autoincrement=True,
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("platform", Text, nullable=False),
    Column("chat_id", Text, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("at", Time, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("days", Integer, nullable=False, server_default="127"),  # a bit each, Monday's is 1
    Column("language", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("paused_until", UtcDateTime),
    # An ended one stays a while, so that who comes back is not sent the same day's picks again.
    Column("ended_at", UtcDateTime),
    UniqueConstraint("platform", "chat_id", "person_id"),
    Index(None, "platform", "person_id"),
    Index(None, "at", "timezone"),
    sqlite_autoincrement=True,
)

# What a person waits for; number is their own, price what the product cost when it was asked for.
alerts = Table(
    "alerts",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("platform", Text, nullable=False),
    Column("chat_id", Text, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("product_id", RowId, ForeignKey("products.id", ondelete="CASCADE")),
    Column("brand", Text),
    Column("price", Amount),
    Column("currency", Text),
    Column("most", Amount),
    Column("language", Text),
    Column("daily", Boolean, nullable=False, server_default=false()),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("platform", "person_id", "number"),
    Index(None, "platform", "chat_id"),
    Index(None, "product_id"),
    sqlite_autoincrement=True,
)

# Each time that an alert came true for a product: found, then claimed, then sent.
notices = Table(
    "notices",
    metadata,
    Column(
        "alert_id",
        RowId,
        ForeignKey("alerts.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column(
        "product_id",
        RowId,
        ForeignKey("products.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("times", Integer, primary_key=True, autoincrement=False),
    Column("state", Text, nullable=False),
    Column("price", Amount),
    Column("found_at", UtcDateTime, nullable=False),
    Column("claimed_at", UtcDateTime),
    Column("settled_at", UtcDateTime),
    Column("message_id", Text),
    Index(None, "state"),
    Index(None, "product_id"),
)

# A person's language has no chat, a group's no person.
languages = Table(
    "languages",
    metadata,
    Column("platform", Text, primary_key=True),
    Column("person_id", Text, primary_key=True),
    Column("chat_id", Text, primary_key=True),
    Column("language", Text, nullable=False),
)

# How a group wants it, as its admins set it; it tells nothing of a member.
chats = Table(
    "chats",
    metadata,
    Column("platform", Text, primary_key=True),
    Column("chat_id", Text, primary_key=True),
    Column("every_photo", Boolean, nullable=False, server_default=false()),
    # The hours are kept while they are switched off.
    Column("keeps_quiet", Boolean, nullable=False, server_default=false()),
    Column("quiet_from", Time),
    Column("quiet_to", Time),
    Column("timezone", Text),
    Column("barred", JSON(none_as_null=True)),  # the shops that are not searched
    Column("left_at", UtcDateTime),
)

# What searches stay within. A person's have no chat; a group's would have no person.
filters = Table(
    "filters",
    metadata,
    Column("platform", Text, primary_key=True),
    Column("person_id", Text, primary_key=True),
    Column("chat_id", Text, primary_key=True),
    Column("wish", JSON, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column(
        "subscription_id",
        RowId,
        ForeignKey("subscriptions.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("local_date", Date, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("may_retry", Boolean, nullable=False, server_default=false()),
    Column("product_ids", JSON, nullable=False),
    Column("claimed_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
    Column("message_id", Text),
    Index(None, "claimed_at", "kind", "state"),
)

# What operators write to everybody; a draft until it is begun.
broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("text", Text, nullable=False),
    Column("drafted_at", UtcDateTime, nullable=False),
    Column("begun_at", UtcDateTime),
    Column("stopped_at", UtcDateTime),
    # An id is never given twice: a button of one that was discarded must not send another.
    sqlite_autoincrement=True,
)

# The chats that a broadcast goes to: waiting, then claimed, then sent or failed. A group has no
# person.
broadcast_chats = Table(
    "broadcast_chats",
    metadata,
    Column(
        "broadcast_id",
        RowId,
        ForeignKey("broadcasts.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("platform", Text, primary_key=True),
    Column("chat_id", Text, primary_key=True),
    Column("person_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("not_before", UtcDateTime, nullable=False),
    Column("claimed_at", UtcDateTime),
    Column("settled_at", UtcDateTime),
    Column("message_id", Text),
    Index(None, "broadcast_id", "platform", "state", "not_before"),
    Index(None, "platform", "chat_id"),
    Index(None, "platform", "person_id"),
)

# The chats that want no broadcasts; a group has no person.
broadcast_refusals = Table(
    "broadcast_refusals",
    metadata,
    Column("platform", Text, primary_key=True),
    Column("chat_id", Text, primary_key=True),
    Column("person_id", Text, nullable=False),
)

answers = Table(
    "answers",
    metadata,
    Column("key", Text, primary_key=True),
    Column("platform", Text, nullable=False),
    Column("chat_id", Text, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("product_ids", JSON, nullable=False),
    Column("scores", JSON, nullable=False),
    Column("shown", Integer, nullable=False),
    Column("look", JSON, nullable=False),
    Column("garments", JSON),
    # What the garment is compared by, a signed byte a number, and in which space; never a photo.
    Column("trace", LargeBinary),
    Column("space", Text),
    Column("wish", JSON(none_as_null=True)),  # what was wished for in words or by buttons
    Column("shops_asked", Boolean, nullable=False, server_default=false()),
    Column("unfiltered", Boolean, nullable=False, server_default=false()),
    Column("shown_at", UtcDateTime),
    Column("ensemble", JSON(none_as_null=True)),  # of an outfit: which product is what of it
    Column("language", Text),  # that of the person's client, where it was told
    Column("created_at", UtcDateTime, nullable=False),
    Index(None, "platform", "person_id"),
    Index(None, "platform", "chat_id", "shown_at"),
    # With all that is counted of answers, as their rows are long.
    Index(None, "created_at", "shown", "platform", "person_id", "chat_id"),
)

# The first time that a product of an answer was opened, at its rank there, among picks or not.
opens = Table(
    "opens",
    metadata,
    Column("key", Text, ForeignKey("answers.key", ondelete="CASCADE"), primary_key=True),
    Column(
        "product_id",
        RowId,
        ForeignKey("products.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("rank", Integer, nullable=False),
    Column("picks", Boolean, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "product_id"),
    Index(None, "at"),
)

seen_updates = Table(
    "seen_updates",
    metadata,
    Column("platform", Text, primary_key=True),
    Column("update_id", Text, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "at"),
)

# What nobody else may know, made once; in the database, so that all workers share it.
secrets = Table(
    "secrets",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

# The work ---------------------------------------------------------------------------------

runs = Table(
    "runs",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("job", Text, nullable=False),
    Column("shop", Text),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("counts", JSON),
    Column("error", Text),
    Column("errors", JSON(none_as_null=True)),  # what failed on the way, by kind
    Index(None, "job", "shop", "finished_at"),
    sqlite_autoincrement=True,
)
