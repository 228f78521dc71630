"""What is kept of a person: told, handed over, erased."""

import json

from bot.conversation import texts
from bot.conversation.actions import Action, Verb, write_action
from bot.conversation.messages import Button, Document, Reply, Sender
from core.storage.people import PeopleStore

_FILE = "twinset.json"


class Privacy:
    """For oneself alone: in a group nothing is handed over, and nothing erased."""

    def __init__(self, people: PeopleStore) -> None:
        self._people = people

    def told(self, sender: Sender) -> Reply:
        """What is kept."""
        return Reply(text=texts.PRIVACY, private=sender.is_group)

    async def export(self, sender: Sender) -> Reply:
        """All of it, as a JSON file."""
        if sender.is_group:
            return Reply(text=texts.PRIVACY_ALONE, private=True)
        kept = await self._people.export(sender.platform, sender.person_id)
        if not any(kept.values()):
            return Reply(text=texts.NOTHING_KEPT)
        data = json.dumps(kept, ensure_ascii=False, indent=2, default=_in_json).encode()
        return Reply(text=texts.EXPORTED, document=Document(name=_FILE, data=data))

    def ask(self, sender: Sender) -> Reply:
        """Whether to erase it, with the button that does."""
        if sender.is_group:
            return Reply(text=texts.PRIVACY_ALONE, private=True)
        action = write_action(Action(verb=Verb.FORGET))
        return Reply(text=texts.FORGET, buttons=((Button(label=texts.FORGET_ALL, action=action),),))

    async def forget(self, sender: Sender) -> Reply:
        """Erase it, where that was asked in private."""
        if sender.is_group:
            return Reply(notice=texts.PRIVACY_ALONE)
        erased = await self._people.forget(sender.platform, sender.person_id)
        return Reply(
            notice=texts.FORGOTTEN if erased else texts.NOTHING_KEPT, replaces_buttons=True
        )


def _in_json(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)
