"""Whether this process takes work: the adapter that runs says how to tell, a server tells."""

from __future__ import annotations

from collections.abc import Callable


class Health:
    """Not ready until an adapter has said how to tell, and whenever it tells so."""

    def __init__(self) -> None:
        self._takes_work: Callable[[], bool] = lambda: False

    def told_by(self, takes_work: Callable[[], bool]) -> None:
        """Ask `takes_work` from now on; it is called from any thread."""
        self._takes_work = takes_work

    @property
    def ready(self) -> bool:
        """Whether new work is taken now."""
        return self._takes_work()


HEALTH = Health()
"""Of this process, as the numbers of `metrics` are."""
