"""What is said of an experiment with the ranking."""

from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from bot.conversation.wording import Wording
from core.difference import FEWEST, Difference, Half
from core.ranking import Experiment, Ranking


class ExperimentTexts(Wording):
    """The sentences of experiments."""

    def experiment(
        self, experiment: Experiment, found: Difference, *, is_done: bool, opens: bool
    ) -> str:
        """Both halves, how they differ, and which is better once it ``is_done``.

        ``opens`` where those are counted.
        """
        lines = [
            self.say(
                "experiment",
                name=experiment.name,
                first=self._day(experiment.first),
                last=self._day(experiment.last),
            ),
            self._half("A", experiment, experiment.a, found.a),
            self._half("B", experiment, experiment.b, found.b),
            self.say(
                "experiment-good",
                what="picks" if experiment.is_of_picks else "answers",
                opens="yes" if opens else "no",
            ),
        ]
        if found.interval:
            low, high = map(self._points, found.interval)
            points = self._points(found.b.share - found.a.share)
            lines.append(self.say("experiment-difference", points=points, low=low, high=high))
        else:
            lines.append(self.say("experiment-few", people=FEWEST))
        if is_done:
            lines.append(self.say("experiment-result", better=found.better or "open"))
        else:
            lines.append(self.say("experiment-waits", day=self._day(experiment.ends.date())))
        return "\n".join(lines)

    def experiment_is_over(self, experiment: Experiment) -> str:
        """That too little of it is kept."""
        last = self._day(experiment.last)
        return self.say("experiment-over", name=experiment.name, last=last)

    def _half(self, letter: str, experiment: Experiment, ranking: Ranking, half: Half) -> str:
        return self.say(
            "experiment-half",
            half=letter,
            setting=f"{experiment.setting}={getattr(ranking, experiment.setting)}".lower(),
            people=half.people,
            messages=half.messages,
            share=self._percent(half.share),
        )

    def _day(self, day: date) -> str:
        return format_date(day, "long", locale=self.locale)

    def _percent(self, share: float) -> str:
        pattern = self.locale.percent_formats[None].pattern.replace("0", "0.0")
        return format_percent(share, pattern, locale=self.locale)

    def _points(self, share: float) -> str:
        """A difference of shares in percentage points."""
        return format_decimal(100 * share, "+0.0;-0.0", locale=self.locale)
