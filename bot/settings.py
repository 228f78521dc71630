"""Every setting, in one frozen tree, read once in ``main`` from the environment and ``.env``.

A setting ``group.name`` is the variable ``TWINSET_GROUP_NAME``. ``DATABASE_URL`` and ``PORT``
are read under the names that hosts give them.
"""

import re
from datetime import date, time
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import (
    AliasChoices,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.errors import ConfigurationError
from core.ranking import LONGEST, Experiment, Ranking, Rankings

PROJECT = Path(__file__).parents[1]

Network = IPv4Network | IPv6Network

_RANKING = Ranking()
_EXPERIMENT = re.compile(r"([\w-]{1,32}): *(\w+)=(\S+), *(\S+) to (\S+)")


class Switch(StrEnum):
    """On, off, or as the rest of the settings suggest."""

    AUTO = "auto"
    ON = "on"
    OFF = "off"


class _Group(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _reached(url: str | None) -> str | None:
    """The same, if it is an address of the web."""
    if url and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", url):
        raise ValueError(f"{url!r} is not like https://bot.example")
    return url


class TelegramSettings(_Group):
    """Telegram; started when there is a token."""

    token: SecretStr | None = Field(None, description="Bot token, from BotFather.")
    api_base: str = Field(
        "https://api.telegram.org/bot", description="API server; the token is appended."
    )
    file_base: str = Field(
        "https://api.telegram.org/file/bot", description="File server; the token is appended."
    )
    webhook_url: str | None = Field(
        None,
        description="Public address of this bot's web server; with it, updates come by webhook "
        "instead of polling.",
    )

    _addresses = field_validator("api_base", "file_base", "webhook_url")(_reached)


class DiscordSettings(_Group):
    """Discord; started when there is a token."""

    token: SecretStr | None = Field(None, description="Bot token, from the developer portal.")
    api_base: str = Field("https://discord.com/api/v10", description="REST API.")
    gateway: str = Field("wss://gateway.discord.gg/", description="Gateway.")

    _addresses = field_validator("api_base")(_reached)


class WebSettings(_Group):
    """The chat page."""

    chat: Switch = Field(
        Switch.AUTO, description="Serve the chat page; `auto` = when no platform has a token."
    )
    host: str = Field("127.0.0.1", description="Address to listen on.")
    trusted_proxies: str | None = Field(
        None,
        description="Reverse proxies whose `X-Forwarded-…` headers are believed: addresses or "
        "networks, separated by commas.",
    )

    def trusted(self) -> tuple[Network, ...]:
        """The networks that ``trusted_proxies`` names."""
        return tuple(map(ip_network, _names(self.trusted_proxies)))

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, names: str | None) -> str | None:
        for name in _names(names):
            try:
                ip_network(name)
            except ValueError as error:
                raise ValueError(f"{name!r} is no address or network") from error
        return names


class DemoSettings(_Group):
    """The demo shop."""

    shop: Switch = Field(
        Switch.AUTO,
        description="Serve and scrape the demo shop; `auto` = while no other shop is configured "
        "or imported.",
    )
    port: int = Field(8081, ge=1, le=65535, description="Loopback port of the demo shop.")


class EmbedderSettings(_Group):
    """The network and the line in front of it."""

    queue: int = Field(64, ge=1, description="Chat photos that may wait; more are told to retry.")
    decoders: int = Field(
        2, ge=1, description="Threads that decode photos; the night has half as many."
    )
    precision: str = Field(
        "auto",
        pattern="^(auto|float32|bfloat16)$",
        description="`auto` = bfloat16 where the CPU has it.",
    )
    runtime: str = Field(
        "auto",
        pattern="^(auto|openvino|tensorflow)$",
        description="What computes the network; `auto` = OpenVINO, or TensorFlow for want of it.",
    )


class ScrapeSettings(_Group):
    """The nightly run."""

    at: time = Field(time(3, 0), description="Local time of the nightly run.")
    timezone: str = Field("UTC", description="IANA time zone of that time.")
    contact: str = Field(
        "https://github.com/twinset/twinset",
        description="Address in the scraper's user agent, where shops can complain.",
    )

    @field_validator("timezone")
    @classmethod
    def _known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"{name!r} is no IANA time zone") from error
        return name


class SearchSettings(_Group):
    """The shops' own search pages, as far as their files name them."""

    in_answer_s: float = Field(
        2.5,
        ge=0,
        le=10,
        description="Seconds that shops are asked within an answer without a strong match; 0 = "
        "only after a tap on *Search the shops*.",
    )
    tapped_s: float = Field(
        8.0, gt=0, le=60, description="Seconds that they are asked after such a tap."
    )


class RankingSettings(_Group):
    """How what is found is ranked."""

    news: float = Field(
        _RANKING.news,
        ge=0,
        le=1,
        description="What speaks for a daily pick that is new, reduced or back, as cosine to what "
        "is liked.",
    )
    surprises: float = Field(
        _RANKING.surprises,
        ge=0,
        le=1,
        description="Share of the days on which the last pick is a little off what is liked.",
    )
    cheaper_first: bool = Field(
        _RANKING.cheaper_first,
        description="Whether the matches of a photo that are strong begin with the cheapest, not "
        "the likest.",
    )

    def value(self) -> Ranking:
        """The same for those who rank."""
        return Ranking(**self.model_dump())


class Settings(BaseSettings):
    """The whole tree."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        env_prefix="TWINSET_",
        env_nested_delimiter="_",
        env_nested_max_split=1,
        env_file=PROJECT / ".env",
        env_ignore_empty=True,
    )

    telegram: TelegramSettings = TelegramSettings()
    discord: DiscordSettings = DiscordSettings()
    web: WebSettings = WebSettings()
    demo: DemoSettings = DemoSettings()
    embedder: EmbedderSettings = EmbedderSettings()
    scrape: ScrapeSettings = ScrapeSettings()
    search: SearchSettings = SearchSettings()
    ranking: RankingSettings = RankingSettings()

    state_dir: Path = Field(
        PROJECT / ".state",
        description="Database, index and pictures live here; safe to lose with a `DATABASE_URL`.",
    )
    cache_dir: Path = Field(
        Path("~/.cache/twinset"), description="The network's weights, fetched once."
    )
    weights: Path | None = Field(
        None, description="The ResNet-50's weights as a Keras `.h5` file, if you have it."
    )
    public_url: str | None = Field(
        None,
        description="Public address of this bot's web server; with it, buy links lead through it, "
        "so that `/stats` and people's tastes know what was opened.",
    )
    operators: str | None = Field(
        None,
        description="Who may ask `/shops` and `/stats`, `/rebuild` the index and `/broadcast`: "
        "`telegram:ID` or `discord:ID`, separated by commas.",
    )
    experiment: str | None = Field(
        None,
        description="Half of the people are ranked for otherwise for some days, and `/stats` "
        "compares: `fresher: news=0.06, 2026-12-01 to 2026-12-21`.",
    )
    shops_dir: Path = Field(PROJECT / "shops", description="A TOML file for each shop to scrape.")
    rates_url: str = Field(
        "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml",
        description="The European Central Bank's daily exchange rates, for prices in people's own "
        "currencies; `off` = each price stays as its shop asks it.",
    )
    fit_heads: bool = Field(
        False,
        description="Each night, learn the catalogue's own names of kinds, genders and colours; "
        "used where they are told better than before.",
    )
    log_level: str = Field(
        "INFO",
        pattern="(?i)^(DEBUG|INFO|WARNING|ERROR)$",
        description="DEBUG, INFO, WARNING or ERROR.",
    )
    database_url: SecretStr | None = Field(
        None,
        validation_alias=AliasChoices("DATABASE_URL", "database_url"),
        description="PostgreSQL (`postgres://…`); without it SQLite under the state directory.",
    )
    port: int = Field(
        8080,
        ge=0,
        le=65535,
        validation_alias=AliasChoices("PORT", "port"),
        description="Port of the chat page and the webhook.",
    )

    def secrets(self) -> list[str]:
        """What must never be seen in a log."""
        values = (self.telegram.token, self.discord.token, self.database_url)
        return [value.get_secret_value() for value in values if value]

    def operator_names(self) -> frozenset[str]:
        """The operators, each as ``platform:person``."""
        return frozenset(_names(self.operators))

    def rankings(self) -> Rankings:
        """Who is ranked for how."""
        tried = _experiment(self.experiment, self.ranking) if self.experiment else None
        return Rankings(usual=self.ranking.value(), experiment=tried)

    def web_chat_is_on(self) -> bool:
        """Whether the chat page is served: by its switch, or because nothing else is."""
        if self.web.chat is Switch.AUTO:
            return not (self.telegram.token or self.discord.token)
        return self.web.chat is Switch.ON

    _addresses = field_validator("public_url")(_reached)

    @field_validator("operators")
    @classmethod
    def _named(cls, names: str | None) -> str | None:
        for name in _names(names):
            if not re.fullmatch(r"[a-z]+:[\w-]+", name):
                raise ValueError(f"{name!r} is not like telegram:123456")
        return names

    @field_validator("experiment")
    @classmethod
    def _tried(cls, words: str | None, info: ValidationInfo) -> str | None:
        if words and "ranking" in info.data:  # else that is what is wrong
            _experiment(words, info.data["ranking"])
        return words

    @field_validator("cache_dir", "state_dir", "shops_dir", "weights")
    @classmethod
    def _expand(cls, path: Path | None) -> Path | None:
        try:
            return path.expanduser() if path else path
        except RuntimeError as error:
            raise ValueError(f"whose home is meant by {str(path)!r} is not known") from error


def load_settings() -> Settings:
    """Read the environment; ``ConfigurationError`` names the variable that is wrong and why."""
    try:
        return Settings()
    except ValidationError as error:
        problems = "; ".join(
            f"{_variable(problem['loc'])}: {problem['msg']}" for problem in error.errors()
        )
        raise ConfigurationError(f"Settings: {problems}") from None


def _names(listed: str | None) -> list[str]:
    return [name for name in re.split(r"[\s,]+", listed or "") if name]


def _experiment(words: str, usual: RankingSettings) -> Experiment:
    """The experiment that the words describe; ``ValueError`` says what is wrong with them."""
    found = _EXPERIMENT.fullmatch(words.strip())
    if not found:
        example = "fresher: news=0.06, 2026-12-01 to 2026-12-21"
        raise ValueError(f"{words!r} is not like {example!r}")
    name, setting, value, *days = found.groups()
    if setting not in RankingSettings.model_fields:
        known = ", ".join(RankingSettings.model_fields)
        raise ValueError(f"{setting!r} is none of {known}")
    try:
        other = RankingSettings(**{**usual.model_dump(), setting: value})
    except ValidationError as error:
        raise ValueError(f"{setting}={value}: {error.errors()[0]['msg']}") from error
    if other == usual:
        raise ValueError(f"{setting} is {value} already, so both halves would be the same")
    first, last = map(date.fromisoformat, days)
    if not 0 <= (last - first).days < LONGEST:
        raise ValueError(f"it has to take from 1 to {LONGEST} days, as messages are kept for 30")
    return Experiment(
        name=name, setting=setting, a=usual.value(), b=other.value(), first=first, last=last
    )


def _variable(location: tuple[int | str, ...]) -> str:
    name = "_".join(str(part) for part in location).upper()
    return name if name in {"DATABASE_URL", "PORT"} else f"TWINSET_{name}"
