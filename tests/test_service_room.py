"""What is kept to be given again: never more than the room has, and old states leave first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.room import Looks, Part, Room

MOST = 80


def part(room: Room, kind: str = "a") -> Part[str, str]:
    return Part(room, kind)


def keep(here: Part[str, str], key: str, *, version: int = 1, size: int = 10) -> None:
    here.put(key, key.upper(), version=version, size=size)


def kept(here: Part[str, str], keys: str, *, version: int = 1) -> str:
    return "".join(key for key in keys if here.get(key, version=version) is not None)


def test_what_nobody_asked_for_longest_makes_room() -> None:
    here = part(Room(MOST))
    for key in "abcdefgh":
        keep(here, key)
    assert here.get("a", version=1) == "A"
    keep(here, "i")
    assert kept(here, "abcdefghi") == "acdefghi"


def test_what_is_of_an_older_state_makes_room_before_anything_newer() -> None:
    here = part(Room(MOST))
    for key in "abcd":
        keep(here, key, version=2)
    for key in "efgh":
        keep(here, key, version=1)
    for key in "ij":
        keep(here, key, version=2)
    assert kept(here, "efgh", version=1) == "gh"
    assert kept(here, "abcdij", version=2) == "abcdij"


def test_what_is_of_one_state_is_not_of_another() -> None:
    here = part(Room(MOST))
    keep(here, "a", version=1)
    assert here.get("a", version=2) is None


def test_one_thing_takes_an_eighth_at_most() -> None:
    here = part(Room(MOST))
    keep(here, "a", size=11)
    keep(here, "b", size=10)
    assert kept(here, "ab") == "b"


def test_a_room_of_no_bytes_keeps_nothing() -> None:
    room = Room(0)
    here = part(room)
    keep(here, "a", size=1)
    assert (kept(here, "a"), room.bytes) == ("", 0)


def test_kinds_share_the_room_and_not_their_keys() -> None:
    room = Room(MOST)
    one, other = part(room, "one"), part(room, "other")
    keep(one, "a")
    assert other.get("a", version=1) is None
    for key in "bcdefghi":
        keep(other, key)
    assert (kept(one, "a"), kept(other, "bcdefghi")) == ("", "bcdefghi")


def test_hits_and_misses_are_counted_by_kind() -> None:
    room = Room(MOST)
    one, _ = part(room, "one"), part(room, "other")
    one.hit()
    one.hit()
    one.miss()
    assert room.looks == {"one": Looks(2, 1), "other": Looks(0, 0)}


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdef"), st.integers(1, 4), st.integers(1, 30)), max_size=60
    )
)
def test_the_bytes_are_those_of_what_is_there_and_never_too_many(
    puts: list[tuple[str, int, int]],
) -> None:
    room = Room(MOST * 2)
    here = part(room)
    sizes: dict[tuple[str, int], int] = {}
    for key, version, size in puts:
        keep(here, key, version=version, size=size)
        if size <= room.most_of_one:
            sizes[key, version] = size
        there = sum(
            size for (name, of), size in sizes.items() if here.get(name, version=of) is not None
        )
        assert room.bytes == there <= MOST * 2
        sizes = {
            (name, of): size
            for (name, of), size in sizes.items()
            if here.get(name, version=of) is not None
        }
