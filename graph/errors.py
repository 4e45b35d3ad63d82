"""Every error that the library raises, so that a caller can tell one kind from another.

The tree (an indented error is a kind of the one above it)::

    MedalgraphError
        BadInput                what was handed in cannot be used
            BadSyntax           a file, query or update that cannot be read
            BadTerm             an IRI, literal or name that is not one
            BadTable            a table whose header or file does not fit
            UnknownFormat       a format that is not known or not fit for the purpose
            BadBackup           a backup that is not whole, or not what was written
            Forbidden           a request for something the store never does (LOAD, SERVICE)
        NotFound                a graph, commit, snapshot or source that is not there
            Gone                something that was there, and was removed or erased
        Refused                 a change that may not be kept
            ShapeViolation      the gate found a violation; carries its report
            WriteConflict       the store moved on since the change was prepared
            OutsideGraph        the change would write where it may not
            OtherKind           an import would take the place of another kind of source
            Overtaken           what was to be decided has changed since it was looked at
            IsReplica           the store is a replica, which only its primary changes
            OtherHistory        a replica was pointed at a store that it is no replica of
        StoreProblem            the store itself cannot be used
            StoreMissing        there is no store in this place
            StoreExists         there is a store, or something else, in this place already
            StoreLocked         another process is writing
            StoreTooNew         the store was written by a newer medalgraph
            StoreDamaged        a file of the store is not what it was
            StoreReplaced       another store was put in the place of the one that was opened
            DiskProblem         the disk is full, read-only or broken
        EngineProblem           the engine of a remote store does not do its part
            EngineUnreachable   nobody answers there, or the connection was lost
            EngineRefused       it answers that it will not, or cannot
            AnswerCut           an answer ended before it was whole
            ChangedMeanwhile    the store moved on while an answer was being read
        PrimaryProblem          what a replica is pulled from does not do its part
            PrimaryLost         nobody answers there, or the connection was lost
            PrimaryRefused      it answers that it does not let this program in
            MovedOn             it has moved on, and what was to be pulled is no longer offered
            BadCopy             what came is not what its checksum says
        MissingCapability       the engine behind the store cannot do this

Each error carries its facts as attributes and reads as a sentence that a person
without RDF can act on: ``str(error)`` says what is wrong and where, and
``error.hint`` says how to mend it (empty when the sentence says it all).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from .gate.report import Report


class MedalgraphError(Exception):
    """The root of all errors of the library.

    Args:
        message: what is wrong and where, one or two sentences.
        hint: how to mend it; empty when the message says it all.

    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class BadInput(MedalgraphError):
    """What was handed in cannot be used as it is."""


class BadSyntax(BadInput):
    """A file, query or update that cannot be read.

    Attributes:
        line: counted from 1, or None where the parser names none.
        column: counted from 1 in characters, or None.
        source: the file, or a word for what was read ("the query").

    """

    def __init__(
        self,
        message: str,
        *,
        source: str = "the input",
        line: int | None = None,
        column: int | None = None,
        hint: str = "",
    ) -> None:
        place = f" in line {line}" if line else ""
        place += f", column {column}" if line and column else ""
        super().__init__(f"{source} cannot be read{place}: {message}", hint=hint)
        self.reason, self.source, self.line, self.column = message, source, line, column


class BadTerm(BadInput):
    """An IRI, literal or name that is not one; ``value`` holds it as given."""

    def __init__(self, message: str, *, value: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.value = value


class BadTable(BadInput):
    """A table whose header, encoding or file does not fit."""


class UnknownFormat(BadInput):
    """A format that is not known, or does not fit what is asked of it."""


class BadBackup(BadInput):
    """A backup that is not whole, damaged, or from a newer medalgraph."""


class Forbidden(BadInput):
    """A request for something that the store never does, such as fetching from the web."""


class NotFound(MedalgraphError):
    """A graph, commit, snapshot or source that is not there.

    Attributes:
        near: the IRIs of what could have been meant, the most likely first.

    """

    def __init__(self, message: str, *, hint: str = "", near: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint=hint)
        self.near = near


class UnclearFilter(NotFound):
    """A filter of a search that names nothing, or several things.

    Attributes:
        name: the filter: nation, games or sport.
        meant: the IRI and the label of each thing that may be meant, the most likely first.

    """

    def __init__(
        self, message: str, *, hint: str, name: str, meant: tuple[tuple[str, str], ...]
    ) -> None:
        super().__init__(message, hint=hint, near=tuple(iri for iri, _ in meant))
        self.name, self.meant = name, meant


class Gone(NotFound):
    """Something that was there, and was removed or erased."""


class Refused(MedalgraphError):
    """A change that may not be kept; the store is as it was."""


class ShapeViolation(Refused):
    """The gate refused the change; ``report`` holds each problem."""

    def __init__(self, report: Report) -> None:
        super().__init__(
            report.summary(), hint="Nothing was kept. Mend each problem and try again."
        )
        self.report = report


class OutsideGraph(Refused):
    """The change would write where it may not.

    Attributes:
        graph: the IRI of the graph that it would write to.
        only: the IRI of the one graph that it may write to.

    """

    def __init__(self, *, graph: str, only: str) -> None:
        super().__init__(
            f"The change would write to the graph <{graph}>, and may write to <{only}> only.",
            hint="Nothing was kept. Leave the other graph out, or send its part by itself.",
        )
        self.graph, self.only = graph, only


class OtherKind(Refused):
    """An import would take the place of a source of another kind; ``graph`` is its IRI."""

    def __init__(self, message: str, *, graph: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.graph = graph


class Overtaken(Refused):
    """What was to be decided, or taken back, has changed since it was looked at."""


class IsReplica(Refused):
    """The store is a replica, which only its primary changes; ``primary`` is where that is."""

    def __init__(self, *, path: Path, primary: str) -> None:
        super().__init__(
            f"The store {path} is a replica of {primary}, and takes no changes of its own.",
            hint=f"Make the change at {primary}; the replica follows.",
        )
        self.path, self.primary = path, primary


class OtherHistory(Refused):
    """A replica was pointed at a store that it is no replica of, or not any more."""


class WriteConflict(Refused):
    """The store moved on since the change was prepared.

    Attributes:
        expected: the version that the change was made for.
        found: the version that the store has.

    """

    def __init__(self, *, expected: int, found: int) -> None:
        super().__init__(
            f"The store is at commit {found}, but this change was made for commit {expected}.",
            hint="Read the store again and repeat the change.",
        )
        self.expected, self.found = expected, found


class StoreProblem(MedalgraphError):
    """The store itself cannot be used; ``path`` is where it lies, or the address it has."""

    def __init__(self, message: str, *, path: Path | str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.path = path


class StoreMissing(StoreProblem):
    """There is no store in this place."""


class StoreExists(StoreProblem):
    """There is a store, or something else, in this place already."""


class StoreLocked(StoreProblem):
    """Another process is writing.

    Attributes:
        pid: the process that holds the lock, or None if it could not be read.
        command: the command line of that process, or an empty string.

    """

    def __init__(self, *, path: Path | str, pid: int | None, command: str) -> None:
        holder = f"process {pid} ({command})" if pid else "another process"
        super().__init__(
            f"The store {path} is being written by {holder}.",
            path=path,
            hint="Wait until it ends, or stop it, and try again. Reading is possible meanwhile.",
        )
        self.pid, self.command = pid, command


class StoreTooNew(StoreProblem):
    """The store was written by a newer medalgraph."""


class StoreDamaged(StoreProblem):
    """A file of the store is not what it was when it was written."""


class StoreReplaced(StoreProblem):
    """Another store was put in the place of the one that was opened, as erasing does."""


class DiskProblem(StoreProblem):
    """The disk is full, read-only or broken; nothing of the change was kept."""


class EngineProblem(MedalgraphError):
    """The engine of a remote store does not do its part; ``address`` is where it is asked."""

    def __init__(self, message: str, *, address: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.address = address


class EngineUnreachable(EngineProblem):
    """Nobody answers at the address, or the connection was lost.

    Attributes:
        may_be_done: whether the request was sent, so that the engine may have acted on it.

    """

    def __init__(self, message: str, *, address: str, may_be_done: bool, hint: str = "") -> None:
        super().__init__(message, address=address, hint=hint)
        self.may_be_done = may_be_done


class EngineRefused(EngineProblem):
    """The engine answers that it will not, or cannot.

    Attributes:
        status: of HTTP.
        said: the beginning of what it says.

    """

    def __init__(self, *, address: str, status: int, said: str, hint: str = "") -> None:
        why = f": {said}" if said else "."
        super().__init__(
            f"The remote store at {address} answers with status {status}{why}",
            address=address,
            hint=hint,
        )
        self.status, self.said = status, said


class AnswerCut(EngineProblem):
    """An answer of the engine ended before it was whole, and none of it is given."""


class ChangedMeanwhile(EngineProblem):
    """The store moved on while an answer was being read, which may mix two versions."""


class PrimaryProblem(MedalgraphError):
    """What a replica is pulled from does not do its part; ``primary`` is where that is."""

    def __init__(self, message: str, *, primary: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.primary = primary


class PrimaryLost(PrimaryProblem):
    """Nobody answers where the primary should be, or the connection was lost."""


class PrimaryRefused(PrimaryProblem):
    """The primary does not let this program in, or is no primary at all."""


class MovedOn(PrimaryProblem):
    """The primary has moved on, and what was to be pulled is no longer offered."""


class BadCopy(PrimaryProblem):
    """What came is not what its checksum says, each time that it was pulled."""


class MissingCapability(MedalgraphError):
    """The engine behind the store cannot do this, and it is not imitated."""
