"""The Bot API's methods and what they keep, apart from the network."""

import asyncio
import contextlib
import itertools
import re
import time
from collections.abc import Awaitable, Callable
from functools import partial

from tests.support.telegram_people import Chat, Lookup, Raw, Received, Tap
from tests.support.telegram_rules import (
    CAPTION_LIMIT,
    DESCRIPTION_LIMIT,
    DOWNLOAD_LIMIT_BYTES,
    NAME_LIMIT,
    NOTICE_LIMIT,
    SHORT_DESCRIPTION_LIMIT,
    TEXT_LIMIT,
    Rates,
    Refused,
    Text,
    bad,
    check_choices,
    check_commands,
    check_keyboard,
    check_photo,
    check_text,
    parse,
)

Method = Callable[[Raw, Raw], Awaitable[object]]
Scope = tuple[str, int | None, str | None]

_ACTIONS = {"typing", "upload_photo"}
_ALBUM_FIELDS = {"chat_id", "media", "message_thread_id", "reply_parameters"}
_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)


class BotApi:
    """Chats, files and updates, and the methods that a bot calls."""

    def __init__(
        self,
        *,
        speed: float,
        chat_burst: int,
        tap_lives_s: float,
        names_bad_items: bool,
    ) -> None:
        self.me: Raw = {"id": 4242, "is_bot": True, "first_name": "Twin", "username": "twin_bot"}
        self.switches: Raw = {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }
        self.texts: dict[tuple[str, str | None], str] = {("name", None): "Twin"}
        self.chats: dict[int, Chat] = {}
        self.commands: dict[Scope, list[Raw]] = {}
        self.webhook: Raw = {}
        self.webhook_error: Raw = {}
        self.updates: list[Raw] = []
        self.pushed: list[Raw] = []
        self.files: dict[str, tuple[str, bytes]] = {}
        self.changed = asyncio.Condition()
        self.polls = 0
        self._tap_lives_s = tap_lives_s
        self.names_bad_items = names_bad_items
        self._rates = Rates(speed=speed, chat_burst=chat_burst)
        self._numbers = itertools.count(1)
        self._taps: dict[str, Tap] = {}
        self._lookups: dict[str, Lookup] = {}
        self._allowed: list[str] | None = None
        self.methods: dict[str, Method] = {
            "getMe": self._get_me,
            "getUpdates": self._get_updates,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._get_webhook_info,
            "setMyCommands": self._set_my_commands,
            "getMyCommands": self._get_my_commands,
            "getChatMember": self._get_chat_member,
            "getFile": self._get_file,
            "sendChatAction": self._send_chat_action,
            "sendMessage": self._send_message,
            "sendPhoto": self._send_photo,
            "sendDocument": self._send_document,
            "sendMediaGroup": self._send_media_group,
            "editMessageMedia": self._edit_message_media,
            "editMessageReplyMarkup": self._edit_message_reply_markup,
            "answerCallbackQuery": self._answer_callback_query,
            "answerInlineQuery": self._answer_inline_query,
        }
        for method, field, limit in (
            ("MyName", "name", NAME_LIMIT),
            ("MyDescription", "description", DESCRIPTION_LIMIT),
            ("MyShortDescription", "short_description", SHORT_DESCRIPTION_LIMIT),
        ):
            self.methods[f"get{method}"] = partial(self._get_my_text, field)
            self.methods[f"set{method}"] = partial(self._set_my_text, field, limit)

    def number(self) -> int:
        return next(self._numbers)

    @staticmethod
    def date() -> int:
        return int(time.time())

    def keep(self, data: bytes, name: str) -> Raw:
        """Store a file that a person sends."""
        number = self.number()
        folder, _, rest = name.partition("/")
        file_id = f"file-{number}"
        self.files[file_id] = (f"{folder}/{number}-{rest}", data)
        return {"file_id": file_id, "file_unique_id": f"u{number}", "file_size": len(data)}

    def new_tap(self) -> Tap:
        tap = Tap(f"query-{self.number()}", time.monotonic())
        self._taps[tap.query_id] = tap
        return tap

    def new_lookup(self) -> Lookup:
        lookup = Lookup(f"query-{self.number()}", time.monotonic())
        self._lookups[lookup.query_id] = lookup
        return lookup

    async def push(self, kind: str, payload: Raw, *, update_id: int | None = None) -> int:
        """Hand the bot an update; return its id."""
        update_id = update_id or self.number()
        if self._allowed is None or kind in self._allowed:
            self.pushed.append({"update_id": update_id, kind: payload})
            await self.push_again(self.pushed[-1])
        return update_id

    async def push_again(self, update: Raw) -> None:
        """Hand the bot an update that it had before."""
        self.updates.append(update)
        async with self.changed:
            self.changed.notify_all()

    def message_payload(self, message: Received) -> Raw:
        payload: Raw = {
            "message_id": message.message_id,
            "date": self.date(),
            "chat": message.chat.payload(),
            "from": self.me,
        }
        if message.picture is None:
            payload["text"] = message.text.plain
        else:
            payload["caption"] = message.text.plain
            photo = self.keep(message.picture, "photos/sent.jpg")
            payload["photo"] = [{**photo, "width": 600, "height": 800}]
        if message.buttons:
            payload["reply_markup"] = {"inline_keyboard": message.buttons}
        if message.album:
            payload["media_group_id"] = message.album
        return payload

    def add(self, chat: Chat) -> Chat:
        self.chats[chat.id] = chat
        return chat

    # Methods ------------------------------------------------------------------------------

    async def _get_me(self, _: Raw, __: Raw) -> Raw:
        return {**self.me, **self.switches}

    async def _get_updates(self, parameters: Raw, _: Raw) -> list[Raw]:
        if self.webhook.get("url"):
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        self.polls += 1
        mine = self.polls
        self._allowed = parameters.get("allowed_updates", self._allowed)
        if "offset" in parameters:
            offset = parameters["offset"]
            self.updates = [one for one in self.updates if one["update_id"] >= offset]
        async with self.changed:
            self.changed.notify_all()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(parameters.get("timeout", 0)):
                    await self.changed.wait_for(lambda: self.updates or self.polls != mine)
        if self.polls != mine:
            raise Refused(409, "Conflict: terminated by other getUpdates request")
        return self.updates[: parameters.get("limit", 100)]

    async def _set_webhook(self, parameters: Raw, _: Raw) -> bool:
        url = parameters["url"]
        if not url.startswith(("https://", "http://127.0.0.1")):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[\w-]{0,256}", parameters.get("secret_token", "")):
            raise bad("bad webhook: secret token contains unallowed characters")
        self._allowed = parameters.get("allowed_updates", self._allowed)
        self.webhook = parameters
        async with self.changed:
            self.changed.notify_all()
        return True

    async def _delete_webhook(self, _: Raw, __: Raw) -> bool:
        self.webhook = {}
        return True

    async def _get_webhook_info(self, _: Raw, __: Raw) -> Raw:
        return {
            "url": self.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates),
            **self.webhook_error,
        }

    async def _set_my_commands(self, parameters: Raw, _: Raw) -> bool:
        check_commands(parameters["commands"])
        self.commands[self._scope(parameters)] = parameters["commands"]
        return True

    async def _get_my_commands(self, parameters: Raw, _: Raw) -> list[Raw]:
        return self.commands.get(self._scope(parameters), [])

    def _scope(self, parameters: Raw) -> Scope:
        scope = parameters.get("scope", {"type": "default"})
        if scope["type"] == "chat" and scope["chat_id"] not in self.chats:
            raise bad("chat not found")
        return scope["type"], scope.get("chat_id"), parameters.get("language_code")

    async def _get_my_text(self, field: str, parameters: Raw, _: Raw) -> Raw:
        told = self.texts.get((field, parameters.get("language_code")))
        return {field: told or self.texts.get((field, None), "")}

    async def _set_my_text(self, field: str, limit: int, parameters: Raw, _: Raw) -> bool:
        check_text(parameters[field], limit=limit, what=f"bot {field}")
        self.texts[field, parameters.get("language_code")] = parameters[field]
        return True

    async def _get_chat_member(self, parameters: Raw, _: Raw) -> Raw:
        chat, person = self.chats[parameters["chat_id"]], parameters["user_id"]
        user = {"id": person, "is_bot": False, "first_name": "Somebody"}
        if person in chat.admins:
            return {"status": "creator", "is_anonymous": False, "user": user}
        if person not in {chat.person["id"], self.me["id"]}:
            raise bad("user not found")
        return {"status": "member", "user": user}

    async def _get_file(self, parameters: Raw, _: Raw) -> Raw:
        file_id = parameters["file_id"]
        if file_id not in self.files:
            raise bad("wrong file_id or the file is temporarily unavailable")
        path, data = self.files[file_id]
        if len(data) > DOWNLOAD_LIMIT_BYTES:
            raise bad("file is too big")
        return {
            "file_id": file_id,
            "file_unique_id": file_id[-4:],
            "file_size": len(data),
            "file_path": path,
        }

    async def _send_chat_action(self, parameters: Raw, _: Raw) -> bool:
        if parameters["action"] not in _ACTIONS:
            raise bad("wrong parameter action in request")
        self._chat(parameters).actions.append(parameters["action"])
        return True

    async def _send_message(self, parameters: Raw, _: Raw) -> Raw:
        chat = self._chat(parameters)
        text = parse(parameters["text"], parameters.get("parse_mode"))
        check_text(text.plain, limit=TEXT_LIMIT, what="message")
        if not text.plain:
            raise bad("message text is empty")
        buttons = check_keyboard(parameters.get("reply_markup"))
        self._rates.count(chat.id, 1, time.monotonic())
        return self._receive(chat, parameters, text, buttons=buttons)

    async def _send_photo(self, parameters: Raw, files: Raw) -> Raw:
        chat = self._chat(parameters)
        text = _caption(parameters)
        picture = self._picture(parameters.get("photo"), files, "photo")
        buttons = check_keyboard(parameters.get("reply_markup"))
        self._rates.count(chat.id, 1, time.monotonic())
        return self._receive(chat, parameters, text, buttons=buttons, picture=picture)

    async def _send_document(self, parameters: Raw, files: Raw) -> Raw:
        chat = self._chat(parameters)
        if "document" not in files:
            raise bad("there is no document in the request")
        text = _caption(parameters)
        buttons = check_keyboard(parameters.get("reply_markup"))
        self._rates.count(chat.id, 1, time.monotonic())
        document = bytes(files["document"])
        return self._receive(chat, parameters, text, buttons=buttons, document=document)

    async def _send_media_group(self, parameters: Raw, files: Raw) -> list[Raw]:
        chat = self._chat(parameters)
        if unknown := set(parameters) - _ALBUM_FIELDS:
            raise bad(f"sendMediaGroup takes no {unknown}")
        media = parameters["media"]
        if not 2 <= len(media) <= 10:
            raise bad("group send failed: an album has 2 to 10 items")
        items = []
        for number, item in enumerate(media, 1):
            if item["type"] != "photo":
                raise bad("wrong type of media")
            try:
                picture = self._picture(item["media"], files, f"media-{number}")
            except Refused as refused:
                if refused.status != 400 or not self.names_bad_items:
                    raise
                reason = refused.description.removeprefix("Bad Request: ")
                raise bad(
                    f'failed to send message #{number} with the error message "{reason}"'
                ) from None
            items.append((_caption(item), picture))
        self._rates.count(chat.id, len(items), time.monotonic())
        album = str(self.number())
        return [
            self._receive(chat, parameters, text, picture=picture, album=album)
            for text, picture in items
        ]

    async def _edit_message_reply_markup(self, parameters: Raw, _: Raw) -> Raw:
        message = self._to_edit(parameters)
        buttons = check_keyboard(parameters.get("reply_markup"))
        if buttons == message.buttons:
            raise bad(_SAME)
        message.buttons = buttons
        return self.message_payload(message)

    async def _edit_message_media(self, parameters: Raw, files: Raw) -> Raw:
        message, media = self._to_edit(parameters), parameters["media"]
        if message.album:
            raise bad("message can't be edited")
        changed = (
            _caption(media),
            self._picture(media["media"], files, "media"),
            check_keyboard(parameters.get("reply_markup")),
        )
        if changed == (message.text, message.picture, message.buttons):
            raise bad(_SAME)
        self._rates.count(message.chat.id, 1, time.monotonic())
        message.text, message.picture, message.buttons = changed
        return self.message_payload(message)

    def _to_edit(self, parameters: Raw) -> Received:
        chat = self._chat(parameters)
        for message in chat.received:
            if message.message_id == parameters["message_id"]:
                return message
        raise bad("message to edit not found")

    async def _answer_callback_query(self, parameters: Raw, _: Raw) -> bool:
        check_text(parameters.get("text", ""), limit=NOTICE_LIMIT, what="MESSAGE")
        tap = self._taps.get(parameters["callback_query_id"])
        if tap is None or time.monotonic() - tap.at > self._tap_lives_s:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        tap.answered, tap.notice = True, parameters.get("text")
        return True

    async def _answer_inline_query(self, parameters: Raw, _: Raw) -> bool:
        check_choices(parameters)
        lookup = self._lookups.get(parameters["inline_query_id"])
        if lookup is None or time.monotonic() - lookup.at > self._tap_lives_s:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        lookup.answered = True
        lookup.choices = parameters["results"]
        lookup.next_offset = parameters.get("next_offset", "")
        lookup.explanation = parameters.get("button", {}).get("text", "")
        lookup.is_personal = parameters.get("is_personal", False)
        lookup.cache_s = parameters.get("cache_time", 300)
        return True

    def _chat(self, parameters: Raw) -> Chat:
        chat = self.chats.get(parameters["chat_id"])
        if chat is None:
            raise bad("chat not found")
        if chat.moved_to is not None:
            raise Refused(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.moved_to,
            )
        if chat.is_gone and chat.is_group:
            raise Refused(403, f"Forbidden: bot was kicked from the {chat.kind} chat")
        if chat.is_gone:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        return chat

    def _picture(self, media: str | None, files: Raw, name: str) -> bytes:
        if media is None or media.startswith("attach://"):
            part = media.removeprefix("attach://") if media else name
            if part not in files:
                raise bad("there is no photo in the request")
            check_photo(files[part])
            return bytes(files[part])
        if media not in self.files:
            raise bad("wrong file identifier/HTTP URL specified")
        return self.files[media][1]

    def _receive(self, chat: Chat, parameters: Raw, text: Text, **more: object) -> Raw:
        reply = parameters.get("reply_parameters") or {}
        message = Received(
            chat,
            self.number(),
            text,
            reply_to=reply.get("message_id"),
            thread=parameters.get("message_thread_id"),
            **more,
        )
        chat.received.append(message)
        return self.message_payload(message)


def _caption(item: Raw) -> Text:
    text = parse(item.get("caption", ""), item.get("parse_mode"))
    check_text(text.plain, limit=CAPTION_LIMIT, what="message caption")
    return text
