"""Whole numbers among the words of a command, refused in words that everybody understands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click import Context, Parameter


class Number(click.IntRange):
    """A whole number from ``min`` on, up to ``max`` if there is one."""

    def convert(self, value: Any, param: Parameter | None, ctx: Context | None) -> Any:  # noqa: ANN401 - as click declares it
        """Return the number, or refuse the word."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            to = "" if self.max is None else f" to {self.max}"
            end = " on" if self.max is None else ""
            self.fail(f"'{value}' is no whole number from {self.min}{to}{end}.", param, ctx)
