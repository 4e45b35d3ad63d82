"""How a replica stands to its primary, as a checkup finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.replicating import standing_of

from .findings import Finding, well, worrying

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.engines.disk import Places

_OLD_S = 60.0
"""Who follows looks every second; who is not level for longer is not followed, or in trouble."""
_FOLLOW = "Let it be followed: medalgraph replicate SOURCE TARGET --follow."


def of_replica(places: Places, newest: int) -> Iterator[Finding]:
    """Yield what is found of a replica; nothing of a store that is none."""
    standing = standing_of(places.root, version=newest)
    if standing is None:
        return
    said = f"It is a replica of {standing.primary.source}"
    look = standing.look
    if look.problem:
        yield worrying("replica", f"{said}. The last look failed: {look.problem}", _FOLLOW)
    elif standing.seconds is None or standing.seconds > _OLD_S:
        since = f"since {look.level[:19].replace('T', ' ')} UTC" if look.level else "ever since"
        yield worrying("replica", f"{said}, and may lack commits {since}.", _FOLLOW)
    else:
        yield well("replica", f"{said}, and as new as that.")
