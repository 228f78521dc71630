"""What Discord refuses, as its documentation has it: sizes, lengths, names, fields."""

import re
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import discord

UPLOAD_LIMIT_BYTES = 10 * 1024 * 1024
EPHEMERAL = 64
_LOCALES = {locale.value for locale in discord.Locale}
_FLAGS = 1 << 2 | EPHEMERAL | 1 << 12
_BODY = {"content", "tts", "embeds", "allowed_mentions", "components", "attachments", "flags"}
FIELDS = {
    "channel": _BODY | {"nonce", "enforce_nonce", "message_reference", "sticker_ids", "poll"},
    "followup": _BODY | {"poll", "username", "avatar_url", "thread_name", "applied_tags"},
    "edit": _BODY | {"poll"},
    "callback": _BODY | {"poll"},
}


class Rate:
    """Fifty calls in any second, all together."""

    def __init__(self) -> None:
        self._made: deque[float] = deque(maxlen=50)

    def wait_s(self, now: float) -> float:
        """Count a call; how long to wait where it is one too many, which counts for nothing."""
        if len(self._made) == self._made.maxlen and (left := self._made[0] + 1 - now) > 0:
            return left
        self._made.append(now)
        return 0.0


class Refused(Exception):
    """An error answer of the REST API."""

    def __init__(self, status: int, code: int, message: str, where: str = "") -> None:
        super().__init__(f"{status} ({code}) {where} {message}")
        self.status, self.code, self.message, self.where = status, code, message, where

    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = {"message": self.message, "code": self.code}
        if self.where:
            body["message"] = "Invalid Form Body"
            errors: dict[str, Any] = {"_errors": [{"code": "BAD", "message": self.message}]}
            for part in reversed(self.where.split(".")):
                errors = {part: errors}
            body["errors"] = errors
        return body


def _form(where: str, message: str) -> Refused:
    return Refused(400, 50035, message, where)


def check_message(
    kind: str, payload: Mapping[str, Any], files: Mapping[int, tuple[str, bytes]]
) -> None:
    """Refuse what Discord would refuse of a message."""
    if unknown := set(payload) - FIELDS[kind]:
        raise _form(min(unknown), "Unknown field for this call.")
    if len(files) > 10:
        raise _form("files", "Must be 10 or fewer in length.")
    for name, data in files.values():
        if len(data) > UPLOAD_LIMIT_BYTES:
            raise Refused(413, 40005, f"Request entity too large: {name}")
    if len(payload.get("content") or "") > 2000:
        raise _form("content", "Must be 2000 or fewer in length.")
    if (payload.get("flags") or 0) & ~_FLAGS:
        raise _form("flags", "Flags that cannot be set.")
    names = {name for name, _ in files.values()}
    _check_attachments(payload.get("attachments") or [], files)
    _check_embeds(payload.get("embeds") or [], names)
    _check_components(payload.get("components") or [])
    shown = ("content", "embeds", "components", "sticker_ids", "poll")
    if kind != "edit" and not files and not any(payload.get(field) for field in shown):
        raise Refused(400, 50006, "Cannot send an empty message")


def _check_attachments(
    listed: Sequence[Mapping[str, Any]], files: Mapping[int, tuple[str, bytes]]
) -> None:
    for attachment in listed:
        number = int(attachment["id"])
        if number < 1000 and number not in files:
            raise _form("attachments", f"No file {number}.")


def _check_embeds(embeds: Sequence[Mapping[str, Any]], names: set[str]) -> None:
    if len(embeds) > 10:
        raise _form("embeds", "Must be 10 or fewer in length.")
    total = 0
    for number, embed in enumerate(embeds):
        where = f"embeds.{number}"
        for field, limit in (("title", 256), ("description", 4096)):
            length = len(embed.get(field) or "")
            total += length
            if length > limit:
                raise _form(f"{where}.{field}", f"Must be {limit} or fewer in length.")
        for entry in embed.get("fields") or ():
            total += len(entry["name"]) + len(entry["value"])
        total += len((embed.get("footer") or {}).get("text", ""))
        if url := embed.get("url"):
            _check_url(f"{where}.url", url, limit=2048)
        for field in ("image", "thumbnail"):
            url = (embed.get(field) or {}).get("url")
            if url and url.startswith("attachment://"):
                if url.removeprefix("attachment://") not in names:
                    raise _form(f"{where}.{field}.url", "No such attachment.")
            elif url:
                _check_url(f"{where}.{field}.url", url, limit=2048)
    if total > 6000:
        raise _form("embeds", "Embed size exceeds maximum size of 6000")


def _check_url(where: str, url: str, *, limit: int) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", url):
        raise _form(where, "Not a well formed URL.")
    if len(url) > limit:
        raise _form(where, f"Must be {limit} or fewer in length.")


def _check_components(rows: Sequence[Mapping[str, Any]]) -> None:
    if len(rows) > 5:
        raise _form("components", "Must be 5 or fewer in length.")
    ids: set[str] = set()
    for at, row in enumerate(rows):
        if row["type"] != 1:
            raise _form(f"components.{at}", "Only action rows at the top.")
        if not 1 <= len(row["components"]) <= 5:
            raise _form(f"components.{at}", "Must be between 1 and 5 in length.")
        for place, button in enumerate(row["components"]):
            where = f"components.{at}.components.{place}"
            _check_button(where, button)
            if custom_id := button.get("custom_id"):
                if custom_id in ids:
                    raise _form(where, "Component custom id cannot be duplicated")
                ids.add(custom_id)


def _check_button(where: str, button: Mapping[str, Any]) -> None:
    if button["type"] != 2:
        raise _form(where, "This server knows only buttons.")
    label = button.get("label") or ""
    if len(label) > 80 or not (label or button.get("emoji")):
        raise _form(f"{where}.label", "Must be between 1 and 80 in length.")
    url, custom_id = button.get("url"), button.get("custom_id")
    if (url is None) == (custom_id is None) or (button["style"] == 5) != (url is not None):
        raise _form(where, "A button has a link or a custom id, and the style for it.")
    if url is not None:
        _check_url(f"{where}.url", url, limit=512)
    if custom_id is not None and not 1 <= len(custom_id) <= 100:
        raise _form(f"{where}.custom_id", "Must be between 1 and 100 in length.")


def check_install(params: Mapping[str, Any]) -> None:
    """Refuse default install settings that Discord would refuse."""
    if unknown := set(params["scopes"]) - {"bot", "applications.commands"}:
        raise _form("scopes", f"Scopes that a bot has no use for: {unknown}")
    if int(params["permissions"]) and "bot" not in params["scopes"]:
        raise _form("permissions", "Only with the scope bot.")


def check_commands(commands: Sequence[Mapping[str, Any]]) -> None:
    """Refuse what Discord would refuse of a bulk overwrite of commands."""
    by_type: dict[int, list[str]] = {}
    for number, command in enumerate(commands):
        kind, name = command.get("type", 1), command["name"]
        where = f"{number}"
        if name in by_type.setdefault(kind, []):
            raise _form(f"{where}.name", "Application command names must be unique")
        by_type[kind].append(name)
        if kind == 1:
            _check_name(where, command)
            _check_description(where, command)
            _check_options(where, command.get("options") or [])
        elif command.get("description") or command.get("options"):
            raise _form(where, "Context menus have neither a description nor options.")
        elif not all(1 <= len(one) <= 32 for one in _in_all_languages(command, "name")):
            raise _form(f"{where}.name", "Must be between 1 and 32 in length.")
        if not set(command.get("integration_types") or [0]) <= {0, 1}:
            raise _form(f"{where}.integration_types", "Unknown.")
        if not set(command.get("contexts") or [0]) <= {0, 1, 2}:
            raise _form(f"{where}.contexts", "Unknown.")
    for kind, limit in ((1, 100), (2, 5), (3, 5)):
        if len(by_type.get(kind, ())) > limit:
            raise Refused(400, 30032, f"Maximum number of application commands reached ({limit})")


def _check_name(where: str, thing: Mapping[str, Any]) -> None:
    for name in _in_all_languages(thing, "name"):
        if not re.fullmatch(r"[-'\w\u0900-\u097f]{1,32}", name) or name != name.lower():
            raise _form(f"{where}.name", "Command name is invalid")


def _check_description(where: str, thing: Mapping[str, Any]) -> None:
    for description in _in_all_languages(thing, "description"):
        if not 1 <= len(description) <= 100:
            raise _form(f"{where}.description", "Must be between 1 and 100 in length.")


def _in_all_languages(thing: Mapping[str, Any], field: str) -> list[str]:
    translated = thing.get(f"{field}_localizations") or {}
    if not translated.keys() <= _LOCALES:
        raise _form(f"{field}_localizations", "Unknown locale.")
    return [thing.get(field) or "", *translated.values()]


def _check_options(where: str, options: Sequence[Mapping[str, Any]]) -> None:
    if len(options) > 25:
        raise _form(f"{where}.options", "Must be 25 or fewer in length.")
    optional_seen = False
    for number, option in enumerate(options):
        at = f"{where}.options.{number}"
        _check_name(at, option)
        _check_description(at, option)
        if option.get("required") and optional_seen:
            raise _form(at, "Required options must be placed before non-required options")
        optional_seen = optional_seen or not option.get("required")
