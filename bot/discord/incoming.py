"""Discord's messages and interactions → the neutral forms."""

import re
from collections.abc import Iterable, Iterator
from mimetypes import guess_type

import discord

from bot.conversation.messages import (
    CommandMessage,
    Departure,
    Incoming,
    OtherKind,
    OtherMessage,
    PhotoMessage,
    PhotoRef,
    Sender,
    TextMessage,
)
from bot.discord.buttons import first_action
from bot.discord.downloads import Downloads

PLATFORM = "discord"
_TELLING_NOTHING = {"", "application/octet-stream"}
_PREVIEWS = {"image", "article", "link", "rich"}


def in_private(interaction: discord.Interaction) -> bool:
    """Whether only this person and the bot read along."""
    context = interaction.context
    return context.dm_channel or (interaction.guild_id is None and not context.private_channel)


def sender_of(interaction: discord.Interaction) -> Sender:
    """Who used a command or tapped a button, and where."""

    async def may_manage_server() -> bool:
        return interaction.permissions.manage_guild

    async def hears_all() -> bool:
        return interaction.is_guild_integration() and interaction.client.intents.message_content

    in_company, tapped = not in_private(interaction), interaction.message
    return Sender(
        platform=PLATFORM,
        person_id=str(interaction.user.id),
        chat_id=str(interaction.channel_id),
        is_group=in_company,
        language=interaction.locale.value,
        sees_alone=in_company and (tapped is None or tapped.flags.ephemeral),
        is_admin=may_manage_server,
        hears_all=hears_all,
    )


def command(
    interaction: discord.Interaction,
    name: str,
    *,
    sender: Sender,
    argument: str = "",
    shown: Iterable[PhotoRef | OtherKind] = (),
) -> Incoming:
    """A command with what it was given; ``OtherMessage`` when none of that is a picture."""
    photos, others = _sorted_out(shown)
    if others and not photos:
        return OtherMessage(sender=sender, update_id=str(interaction.id), what=others[0])
    return CommandMessage(
        sender=sender,
        update_id=str(interaction.id),
        name=name,
        argument=argument,
        photos=photos,
    )


def message_to(
    me: discord.abc.User, message: discord.Message, downloads: Downloads, *, language: str | None
) -> Incoming | None:
    """A message to the bot, by direct message or by mention, or a photo that it gets to see.

    None for what else people say to each other.
    ``language`` is what its author's client speaks, if that is known.
    """
    if message.author.bot or message.type not in (
        discord.MessageType.default,
        discord.MessageType.reply,
    ):
        return None
    private = isinstance(message.channel, discord.DMChannel)
    sender = Sender(
        platform=PLATFORM,
        person_id=str(message.author.id),
        chat_id=str(message.channel.id),
        is_group=not private,
        language=language,
    )
    update_id = str(message.id)
    if not private and me not in message.mentions:
        # Stickers are what members say something with, not what they show each other.
        photos, _ = _sorted_out(attached(one, downloads) for one in message.attachments)
        shown = PhotoMessage(sender=sender, update_id=update_id, photos=photos, addressed=False)
        return shown if photos else None
    photos, others = _sorted_out(shown_in(message, downloads, previews=False))
    if not photos and not private:
        photos, _ = _sorted_out(_replied_to(me, message, downloads))
    called = f"<@{me.id}>" in message.content or f"<@!{me.id}>" in message.content
    text = re.sub(rf"<@!?{me.id}>", "", message.content).strip()
    if photos:
        return PhotoMessage(sender=sender, update_id=update_id, photos=photos, caption=text)
    # A reply to one of our messages mentions us by itself, while people talk to each other.
    if not private and not called:
        return None
    if others or (private and not text):
        what = others[0] if others else OtherKind.OTHER
        return OtherMessage(sender=sender, update_id=update_id, what=what)
    about = _replied_button(me, message)
    return TextMessage(sender=sender, update_id=update_id, text=text, about=about)


def departure(channel_id: int) -> Departure:
    """The end of a channel, as far as the bot can see it."""
    now = discord.utils.time_snowflake(discord.utils.utcnow())
    return Departure(
        sender=Sender(platform=PLATFORM, person_id="", chat_id=str(channel_id), is_group=True),
        update_id=f"{channel_id}-{now}",
    )


def shown_in(
    message: discord.Message, downloads: Downloads, *, previews: bool
) -> Iterator[PhotoRef | OtherKind]:
    """Every picture of a message and of what it forwards, and what else is not text.

    ``previews`` counts the pictures of its embeds and link previews in.
    """
    parts: tuple[discord.Message | discord.MessageSnapshot, ...]
    parts = (message, *message.message_snapshots)
    for part in parts:
        for attachment in part.attachments:
            yield attached(attachment, downloads)
        for embed in part.embeds:
            if embed.type == "gifv":
                still = embed.thumbnail.proxy_url
                yield downloads.ref(still) if still else OtherKind.GIF
            elif previews and embed.type in _PREVIEWS:
                media = embed.image if embed.image.url else embed.thumbnail
                # Discord's copy; the original's address is anybody's choice.
                if media.proxy_url:
                    yield downloads.ref(media.proxy_url)
        for sticker in part.stickers:
            drawn = sticker.format is discord.StickerFormatType.lottie
            yield OtherKind.STICKER if drawn else downloads.ref(sticker.url)


def attached(attachment: discord.Attachment, downloads: Downloads) -> PhotoRef | OtherKind:
    """An attachment as a photo, or what else it is."""
    if attachment.is_voice_message():
        return OtherKind.VOICE
    kind = attachment.content_type or ""
    if kind in _TELLING_NOTHING:
        kind = guess_type(attachment.filename)[0] or ""
    if not kind or kind.startswith("image/"):
        return downloads.ref(attachment.url, size_bytes=attachment.size)
    return OtherKind.VIDEO if kind.startswith("video/") else OtherKind.FILE


def _replied_to(
    me: discord.abc.User, message: discord.Message, downloads: Downloads
) -> Iterator[PhotoRef | OtherKind]:
    replied = message.reference.resolved if message.reference else None
    if isinstance(replied, discord.Message) and replied.author.id != me.id:
        return shown_in(replied, downloads, previews=True)
    return iter(())


def _replied_button(me: discord.abc.User, message: discord.Message) -> str | None:
    """The action of a button under the message of ours that it replies to."""
    replied = message.reference.resolved if message.reference else None
    if isinstance(replied, discord.Message) and replied.author.id == me.id:
        return first_action(replied)
    return None


def _sorted_out(
    shown: Iterable[PhotoRef | OtherKind],
) -> tuple[tuple[PhotoRef, ...], tuple[OtherKind, ...]]:
    photos, others = [], []
    for item in shown:
        if isinstance(item, PhotoRef):
            photos.append(item)
        else:
            others.append(item)
    return tuple(photos), tuple(others)
