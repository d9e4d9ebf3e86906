"""The platforms that the conformance suite runs on; the first is the measure of the rest."""

from __future__ import annotations

from tests.adapters.discord.driver import Discord
from tests.adapters.slack.driver import SlackPlatform
from tests.adapters.terminal.conformance import TerminalPlatform
from tests.conformance.direct import Direct
from tests.conformance.driver import Platform

PLATFORMS: list[Platform] = [Direct(), TerminalPlatform(), Discord(), SlackPlatform()]
