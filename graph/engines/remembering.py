"""What was worked out from a state that never changes, for whoever needs the same again."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Result = TypeVar("Result")
_MOST = 4
"""A reader that answers page after page is mostly asked about the same few Games."""


def _is_final() -> bool:
    return True


class Remembering:
    """Remembers the last few results of one state."""

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, Any] = OrderedDict()

    def once(
        self,
        key: Hashable,
        work: Callable[[], Result],
        *,
        is_final: Callable[[], bool] = _is_final,
    ) -> Result:
        """Return what the work gives, which is done if nobody needed it lately.

        Args:
            key: tells it from everything else.
            work: is done.
            is_final: asked after it whether the result may be remembered.

        """
        if key not in self._known:
            made = work()
            if not is_final():
                return made
            self._known[key] = made
        self._known.move_to_end(key)
        result: Result = self._known[key]
        if len(self._known) > _MOST:
            self._known.popitem(last=False)
        return result

    def forget(self) -> None:
        """Forget all of it, as the state has become another one."""
        self._known.clear()
