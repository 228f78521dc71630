"""The settings tree: read once, documented whole, wrong values named."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pydantic import AliasChoices, BaseModel, ValidationError
from pydantic.fields import FieldInfo

from bot.settings import PROJECT, Settings, load_settings
from core.errors import ConfigurationError
from core.ranking import Experiment, Ranking, Rankings

README = (PROJECT / "README.md").read_text()


def leaves(model: type[BaseModel], prefix: str = "TWINSET_") -> Iterator[tuple[str, FieldInfo]]:
    """Every setting with the variable that it is read from."""
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from leaves(field.annotation, f"{prefix}{name.upper()}_")
        elif isinstance(field.validation_alias, AliasChoices):
            yield str(field.validation_alias.choices[0]), field
        else:
            yield f"{prefix}{name.upper()}", field


def row(variable: str, field: FieldInfo) -> str:
    default = field.default
    if isinstance(default, Path):
        default = default.relative_to(PROJECT) if default.is_relative_to(PROJECT) else default
    shown = "" if default is None else f"`{default}`"
    return f"| `{variable}` | {shown} | {field.description} |"


@pytest.mark.parametrize(("variable", "field"), list(leaves(Settings)))
def test_the_readme_documents_every_setting_with_its_default(
    variable: str, field: FieldInfo
) -> None:
    assert row(variable, field) in README


def test_the_environment_reaches_the_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWINSET_TELEGRAM_API_BASE", "http://127.0.0.1:1/bot")
    monkeypatch.setenv("TWINSET_TELEGRAM_TOKEN", "1:secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://me:password@host/db")
    monkeypatch.setenv("PORT", "9000")
    settings = load_settings()
    assert settings.telegram.api_base == "http://127.0.0.1:1/bot"
    assert settings.port == 9000
    assert settings.secrets() == ["1:secret", "postgres://me:password@host/db"]
    assert "secret" not in repr(settings)
    assert "password" not in repr(settings)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TWINSET_DEMO_PORT", "many"),
        ("TWINSET_DEMO_PORT", "0"),
        ("TWINSET_SCRAPE_TIMEZONE", "Mars/Olympus"),
        ("TWINSET_EMBEDDER_PRECISION", "int3"),
        ("TWINSET_LOG_LEVEL", "LOUD"),
        ("PORT", "70000"),
        ("TWINSET_WEB_TRUSTED_PROXIES", "127.0.0.1, proxy.example"),
        ("TWINSET_TELEGRAM_API_BASE", "nonsense"),
        ("TWINSET_TELEGRAM_FILE_BASE", "ftp://files.example/bot"),
        ("TWINSET_TELEGRAM_WEBHOOK_URL", "bot.example"),
        ("TWINSET_DISCORD_API_BASE", "nonsense"),
        ("TWINSET_STATE_DIR", "~nobody9/state"),
    ],
)
def test_a_wrong_value_is_refused_by_the_name_of_its_variable(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ConfigurationError, match=variable):
        load_settings()


def test_the_tree_cannot_be_changed_after_it_was_read() -> None:
    settings = load_settings()
    with pytest.raises(ValidationError):
        settings.port = 1
    with pytest.raises(ValidationError):
        settings.telegram.token = None


def test_operators_are_named_by_platform_and_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWINSET_OPERATORS", "telegram:1, discord:22")
    assert load_settings().operator_names() == {"telegram:1", "discord:22"}
    monkeypatch.setenv("TWINSET_OPERATORS", "@olga")
    with pytest.raises(ConfigurationError, match="TWINSET_OPERATORS"):
        load_settings()


def test_trusted_proxies_are_addresses_or_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().web.trusted() == ()
    monkeypatch.setenv("TWINSET_WEB_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8 ::1")
    assert [str(one) for one in load_settings().web.trusted()] == [
        "127.0.0.1/32",
        "10.0.0.0/8",
        "::1/128",
    ]


def test_the_public_address_is_one_of_the_web(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWINSET_PUBLIC_URL", "https://bot.example/twinset/")
    assert load_settings().public_url == "https://bot.example/twinset/"
    for wrong in ("bot.example", "javascript://x", "https://bot.example/?a=b"):
        monkeypatch.setenv("TWINSET_PUBLIC_URL", wrong)
        with pytest.raises(ConfigurationError, match="TWINSET_PUBLIC_URL"):
            load_settings()


def test_half_of_the_people_are_ranked_for_as_an_experiment_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert load_settings().rankings() == Rankings()
    monkeypatch.setenv("TWINSET_RANKING_SURPRISES", "0.5")
    monkeypatch.setenv("TWINSET_EXPERIMENT", "fresher: news=0.06, 2026-12-01 to 2026-12-21")
    usual = Ranking(surprises=0.5)
    assert load_settings().rankings() == Rankings(
        usual=usual,
        experiment=Experiment(
            name="fresher",
            setting="news",
            a=usual,
            b=Ranking(news=0.06, surprises=0.5),
            first=date(2026, 12, 1),
            last=date(2026, 12, 21),
        ),
    )


@pytest.mark.parametrize(
    ("experiment", "said"),
    [
        ("news=0.06", "is not like 'fresher: news=0.06, 2026-12-01 to 2026-12-21'"),
        ("x: colour=red, 2026-12-01 to 2026-12-02", "'colour' is none of news, surprises"),
        ("x: news=much, 2026-12-01 to 2026-12-02", "news=much: Input should be a valid number"),
        ("x: surprises=2, 2026-12-01 to 2026-12-02", "should be less than or equal to 1"),
        ("x: news=0.030, 2026-12-01 to 2026-12-02", "already, so both halves would be the same"),
        ("x: news=0.06, 2026-12-01 to 2026-12-32", "day is out of range|Invalid isoformat"),
        ("x: news=0.06, 2026-12-02 to 2026-12-01", "from 1 to 21 days"),
        ("x: news=0.06, 2026-12-01 to 2026-12-22", "from 1 to 21 days"),
    ],
)
def test_an_experiment_that_would_show_nothing_is_refused_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, experiment: str, said: str
) -> None:
    monkeypatch.setenv("TWINSET_EXPERIMENT", experiment)
    with pytest.raises(ConfigurationError, match=f"TWINSET_EXPERIMENT: .*({said})"):
        load_settings()
