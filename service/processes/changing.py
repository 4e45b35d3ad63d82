"""The seam between the routes and whoever writes for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from .answering import ANYBODY
from .performing import perform

if TYPE_CHECKING:
    from typing import BinaryIO

    from graph.store import Store

    from .answering import Asker
    from .edits import Done, Edit


class Changing(Protocol):
    """Whoever makes changes."""

    def change(
        self, edit: Edit, content: BinaryIO | None = None, *, asker: Asker = ANYBODY
    ) -> Done:
        """Make a change and return what became of it.

        Args:
            edit: what to do.
            content: the documents that some changes need, one after another, left open.
            asker: who wants it.

        Raises:
            MedalgraphError: and then nothing was changed.

        """


@dataclass(frozen=True, slots=True)
class DirectChanges:
    """Makes changes where it is asked; for tests and for programs of one user."""

    store: Store

    def change(
        self,
        edit: Edit,
        content: BinaryIO | None = None,
        *,
        asker: Asker = ANYBODY,  # noqa: ARG002 - who asks does not matter
    ) -> Done:
        """Make a change; see ``Changing.change``."""
        return perform(edit, content, self.store)
