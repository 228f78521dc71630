"""What the bot says in English, for tests that ask for a sentence by its name."""

from bot.conversation.texts import texts_in

texts = texts_in("en")
