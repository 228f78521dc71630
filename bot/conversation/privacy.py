"""What is kept of a person: told, handed over, erased."""

import json

from bot.conversation.actions import Action, Verb, write_action
from bot.conversation.messages import Button, Document, Reply, Sender
from bot.conversation.texts import Texts
from core.storage.people import PeopleStore

_FILE = "twinset.json"


class Privacy:
    """For oneself alone: in a group nothing is handed over, and nothing erased."""

    def __init__(self, people: PeopleStore) -> None:
        self._people = people

    def told(self, sender: Sender, say: Texts) -> Reply:
        """What is kept."""
        return Reply(text=say.PRIVACY, private=sender.is_group)

    async def export(self, sender: Sender, say: Texts) -> Reply:
        """All of it, as a JSON file."""
        if sender.is_group:
            return Reply(text=say.PRIVACY_ALONE, private=True)
        kept = await self._people.export(sender.platform, sender.person_id)
        if not any(kept.values()):
            return Reply(text=say.NOTHING_KEPT)
        data = json.dumps(kept, ensure_ascii=False, indent=2, default=_in_json).encode()
        return Reply(text=say.EXPORTED, document=Document(name=_FILE, data=data))

    def ask(self, sender: Sender, say: Texts) -> Reply:
        """Whether to erase it, with the button that does."""
        if sender.is_group:
            return Reply(text=say.PRIVACY_ALONE, private=True)
        action = write_action(Action(verb=Verb.FORGET))
        return Reply(text=say.FORGET, buttons=((Button(label=say.FORGET_ALL, action=action),),))

    async def forget(self, sender: Sender, say: Texts) -> Reply:
        """Erase it, where that was asked in private."""
        if sender.is_group:
            return Reply(notice=say.PRIVACY_ALONE)
        erased = await self._people.forget(sender.platform, sender.person_id)
        return Reply(notice=say.FORGOTTEN if erased else say.NOTHING_KEPT, replaces_buttons=True)


def _in_json(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)
