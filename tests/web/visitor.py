"""A person with a real browser on the chat page."""

import base64
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, Locator, Page, expect

from tests.scenarios.web import WebHouse

_TRANSFER = """([files]) => {
    const transfer = new DataTransfer();
    for (const [name, type, content] of files) {
        const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type }));
    }
    return transfer;
}"""
_PASTE = """(transfer) => document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true }))"""


class Visitor:
    """One open page. ``troubles`` is what its console complained of, ``asked`` every address."""

    def __init__(self, house: WebHouse, page: Page, *, url: str) -> None:
        self.house = house
        self.page = page
        self.url = url
        self.troubles: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda said: self._hear(said.type, said.text))
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))

    @classmethod
    async def arriving(cls, house: WebHouse, context: BrowserContext, *, url: str) -> "Visitor":
        """Open the page, and be greeted."""
        visitor = cls(house, await context.new_page(), url=url)
        await visitor.page.goto(url)
        await expect(visitor.said.last).to_contain_text("Send me a photo")
        return visitor

    @property
    def said(self) -> Locator:
        """What the bot said, oldest first."""
        return self.page.locator(".bubble.bot:not(.waiting) > p")

    @property
    def hearts(self) -> Locator:
        return self.cards.get_by_role("button", name="Like")

    @property
    def cards(self) -> Locator:
        return self.page.get_by_role("region", name="Conversation").get_by_role("listitem")

    @property
    def text(self) -> Locator:
        return self.page.get_by_role("textbox", name="Message")

    def button(self, name: str) -> Locator:
        """The latest button of that name."""
        return self.page.get_by_role("button", name=name, exact=True).last

    async def choose(self, *photos: bytes | Path) -> None:
        """Choose files with the browser's own dialogue."""
        async with self.page.expect_file_chooser() as dialogue:
            await self.button("Choose a photo").click()
        chooser = await dialogue.value
        await chooser.set_files(
            [
                photo
                if isinstance(photo, Path)
                else {"name": "photo.png", "mimeType": "image/png", "buffer": photo}
                for photo in photos
            ]
        )

    async def drag(self, photo: bytes) -> Any:  # noqa: ANN401 - a handle on what is dragged
        """Drag a photo over the page; what is dragged."""
        dragged = await self._transfer(photo)
        for event in ("dragenter", "dragover"):
            await self.page.dispatch_event("#log", event, {"dataTransfer": dragged})
        return dragged

    async def drop(self, dragged: Any) -> None:  # noqa: ANN401 - as ``drag`` gives it
        await self.page.dispatch_event("#log", "drop", {"dataTransfer": dragged})

    async def paste(self, photo: bytes) -> None:
        await (await self._transfer(photo)).evaluate(_PASTE)

    async def pictures_are_there(self) -> None:
        """Wait until every picture of the page is loaded."""
        for image in await self.page.locator("#log").locator("img").all():
            await image.scroll_into_view_if_needed()
            await expect(image).to_have_js_property("complete", value=True)
            assert await image.evaluate("(image) => image.naturalWidth") > 0

    def overlook(self, *expected: str) -> None:
        """Forget troubles that hold one of these words; any other fails the test."""
        others = [one for one in self.troubles if not any(words in one for words in expected)]
        assert others == []
        self.troubles.clear()

    async def focused(self) -> str:
        """The accessible name of what has the focus."""
        return await self.page.evaluate(
            "document.activeElement.ariaLabel ?? document.activeElement.textContent"
        )

    async def accessible(self) -> list[tuple[str, str]]:
        """(role, name) of everything that assistive technology sees."""
        session = await self.page.context.new_cdp_session(self.page)
        tree = await session.send("Accessibility.getFullAXTree")
        return [
            (node["role"]["value"], node.get("name", {}).get("value", ""))
            for node in tree["nodes"]
            if not node["ignored"]
        ]

    async def _transfer(self, photo: bytes) -> Any:  # noqa: ANN401 - a JSHandle
        file = ("photo.png", "image/png", base64.b64encode(photo).decode())
        return await self.page.evaluate_handle(_TRANSFER, [[file]])

    def _hear(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.troubles.append(text)
