"""Where an act happened on Slack, and so where its answers go."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields

from bot.events import Place


@dataclass(frozen=True, slots=True)
class Origin:
    """What an answer needs to know.

    channel       conversation of the act; for the Home tab, the learner's own DM with the bot
    user, team    who acted, and the team they belong to (streams ask for it)
    shared        other people are there, so private answers are ephemeral
    thread        thread that answers everybody sees go to, or empty
    quiet_thread  thread that an ephemeral answer may stand in (Slack shows it in live threads only)
    message       ts of the pressed message, or empty
    ephemeral     the pressed message is one that only the learner sees
    response_url  five answers within half an hour, also where the bot is no member
    home          the act came from the Home tab and is answered there
    public        a question asked before everybody: the course's answer is for everybody too
    host          the workspace, or the organisation, whose class is held here
    """

    channel: str
    user: str
    team: str = ""
    shared: bool = True
    thread: str = ""
    quiet_thread: str = ""
    message: str = ""
    ephemeral: bool = False
    response_url: str = ""
    home: bool = False
    public: bool = False
    host: str = ""

    @property
    def place(self) -> Place:
        """The conversation for the core: a DM is one, and so is each thread of a channel."""
        thread = self.thread if self.shared else ""
        return Place(f"{self.channel}:{thread}", self.shared, self.host)

    def dump(self) -> str:
        """Return the origin as a string that a modal can carry."""
        return json.dumps({name: value for name, value in asdict(self).items() if value != ""})


def load(text: str) -> Origin:
    """Return the origin that `dump` wrote."""
    known = {field.name for field in fields(Origin)}
    return Origin(**{name: value for name, value in json.loads(text).items() if name in known})
