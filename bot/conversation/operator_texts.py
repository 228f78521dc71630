"""What operators are told: of shops, of how the bot is used, of broadcasts."""

from datetime import timedelta

from babel.numbers import format_percent

from bot.conversation.wording import Sentence, Wording
from core.storage.broadcasts import Progress
from core.storage.stats import Stats
from scraping.report import ShopReport


class OperatorTexts(Wording):
    """The sentences of operators' commands."""

    STATS_NO_OPENS = Sentence()
    BROADCAST_HOW_TO = Sentence()
    BROADCAST_SEND = Sentence()
    BROADCAST_DISCARD = Sentence()
    BROADCAST_DISCARDED = Sentence()
    BROADCAST_BEGUN = Sentence()
    BROADCAST_BUSY = Sentence()
    BROADCAST_STOP = Sentence()
    BROADCAST_STOPPED = Sentence()
    BROADCAST_FOOT = Sentence()
    BROADCASTS_NO_MORE = Sentence()
    BROADCASTS_OFF = Sentence()
    BROADCASTS_AGAIN = Sentence()
    BROADCASTS_ON = Sentence()

    def for_operators(self, name: str) -> str:
        """For everybody else; ``name`` is what the setting would have to say."""
        return self.say("for-operators", name=name)

    def shop_news(self, title: str, report: ShopReport, *, ago: timedelta) -> str:
        """A shop's last night: "Corner: 480 products (98 % of last time), 3 new, ...; 5 h ago"."""
        counts = report.counts
        products = counts.get("products", 0)
        if report.share is None:
            parts = [self.say("products", products=products)]
        else:
            share = format_percent(report.share, locale=self.locale)
            parts = [self.say("shop-products", products=products, share=share)]
        parts += [
            self.say(f"shop-{name}", count=counts.get(name, 0))
            for name in ("new", "changed", "gone", "pages")
        ]
        if report.errors:
            kinds = ", ".join(f"{kind}: {count}" for kind, count in sorted(report.errors.items()))
            parts.append(self.say("shop-errors", count=sum(report.errors.values()), kinds=kinds))
        line = self.say("shop-news", title=title, parts=", ".join(parts), ago=self._ago(ago))
        if report.complete:
            return line
        return f"{line}\n  {self.say('shop-not-whole', problem=str(report.problem))}"

    def shop_without_news(self, title: str) -> str:
        """A shop of which no night is known."""
        return self.say("shop-without-news", title=title)

    def rebuilt(self, products: int) -> str:
        """After /rebuild."""
        return self.say("rebuilt", products=products)

    def not_rebuilt(self, reason: str) -> str:
        """The same, where it failed."""
        return self.say("not-rebuilt", reason=reason)

    def and_more_shops(self, count: int) -> str:
        """What a message has no room for."""
        return self.say("and-more-shops", shops=count)

    def stats(self, stats: Stats, *, days: int, opens: bool) -> str:
        """How the bot was used in these days; ``opens`` where those are counted."""
        lines = [
            self.say("stats-days", days=days),
            self.say("stats-people", people=stats.people, groups=stats.groups),
            self.say("stats-answers", answers=stats.answers, likes=stats.likes),
            self.say("stats-picks", sent=stats.picks_sent),
            self.say("stats-subscribers", subscribers=stats.subscribers, ended=stats.unsubscribed),
        ]
        if opens:
            lines[3] = self.say(
                "stats-picks-opened", sent=stats.picks_sent, opened=stats.picks_opened
            )
            places = " · ".join(
                f"{rank}: {format_percent(opened / shown if shown else 0, locale=self.locale)}"
                for rank, (shown, opened) in enumerate(stats.places, 1)
            )
            lines.insert(3, self.say("stats-opens", opens=stats.opens, places=places))
        return "\n".join(lines)

    def broadcast_too_long(self, over: int) -> str:
        """For a text with so many signs too many."""
        return self.say("broadcast-too-long", over=over)

    def broadcast_reach(self, *, people: int, groups: int) -> str:
        """Under a text as it will arrive: to how many."""
        return self.say("broadcast-reach", people=people, groups=groups)

    def broadcast(self, progress: Progress) -> str:
        """How a broadcast goes."""
        state = "stopped" if progress.is_stopped else "going" if progress.is_going else "over"
        lines = [
            self.say("broadcast", state=state, text=self.quoted(progress.text)),
            self.say(
                "broadcast-counts",
                sent=progress.sent,
                failed=progress.failed,
                left=progress.left,
            ),
        ]
        if progress.unsure:
            lines.append(self.say("broadcast-unsure", unsure=progress.unsure))
        return "\n".join(lines)

    def _ago(self, ago: timedelta) -> str:
        hours = int(ago.total_seconds() // 3600)
        if hours < 1:
            return self.say("just-now")
        return (
            self.say("hours-ago", hours=hours)
            if hours < 48
            else self.say("days-ago", days=hours // 24)
        )
