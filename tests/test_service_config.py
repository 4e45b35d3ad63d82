"""Settings come from the environment or a file, and a wrong one is named with its place."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import fields
from pathlib import Path

import pytest

from graph.errors import BadInput
from service.config import DECLARED, FILE, Settings
from service.limits import Limits

PAGE = Path(__file__).parents[1] / "docs" / "settings.md"


def test_without_an_environment_the_settings_are_the_usual_ones() -> None:
    assert Settings.from_environment({}) == Settings()


def test_every_setting_can_be_given() -> None:
    settings = Settings.from_environment(
        {
            "MEDALGRAPH_STORE": "/srv/store",
            "MEDALGRAPH_PUBLIC_URL": "https://medals.example.org/",
            "MEDALGRAPH_BASE_PATH": "medals/",
            "MEDALGRAPH_READ_ONLY": "yes",
            "MEDALGRAPH_TOKENS": "/etc/tokens.json",
            "MEDALGRAPH_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8, ::1",
            "MEDALGRAPH_LOG": "JSON",
            "MEDALGRAPH_STOP_SECONDS": "12",
            "MEDALGRAPH_REQUEST_LIMIT": "10",
            "MEDALGRAPH_ADDRESS_LIMIT": "20",
            "MEDALGRAPH_UPLOAD_LIMIT": "30",
            "MEDALGRAPH_QUERY_SECONDS": "2.5",
            "MEDALGRAPH_QUERY_PROCESSOR_SECONDS": "3",
            "MEDALGRAPH_QUERY_MEMORY": "2 GiB",
            "MEDALGRAPH_ANSWER_LIMIT": "1.5MB",
            "MEDALGRAPH_CLIENT_SECONDS": "60",
            "MEDALGRAPH_CHANGE_SECONDS": "4",
            "MEDALGRAPH_CHANGE_MEMORY": "5kib",
            "MEDALGRAPH_IMAGE_MEMORY": "6 b",
            "MEDALGRAPH_READERS": "7",
            "MEDALGRAPH_READERS_OF_CLIENT": "3",
            "MEDALGRAPH_WAITING": "8",
            "MEDALGRAPH_WAITING_OF_CLIENT": "9",
            "MEDALGRAPH_WAITING_CHANGES": "10",
            "MEDALGRAPH_GROUPED_CHANGES": "12",
            "MEDALGRAPH_READER_JOBS": "11",
        }
    )

    assert settings == Settings(
        store=Path("/srv/store"),
        public_url="https://medals.example.org",
        base_path="/medals",
        read_only=True,
        log="json",
        stop_s=12.0,
        tokens=Path("/etc/tokens.json"),
        trusted_proxies=(
            ipaddress.ip_network("127.0.0.1/32"),
            ipaddress.ip_network("10.0.0.0/8"),
            ipaddress.ip_network("::1/128"),
        ),
        request_limit_bytes=10,
        address_limit_bytes=20,
        upload_limit_bytes=30,
        limits=Limits(
            query_s=2.5,
            query_processor_s=3,
            query_memory_bytes=2 * 2**30,
            answer_bytes=1_500_000,
            client_s=60,
            change_s=4,
            change_memory_bytes=5 * 1024,
            image_memory_bytes=6,
            readers=7,
            readers_of_client=3,
            waiting=8,
            waiting_of_client=9,
            waiting_changes=10,
            grouped_changes=12,
            jobs_of_reader=11,
        ),
    )


def test_every_attribute_is_declared_once() -> None:
    attributes = [name.name for kind in (Settings, Limits) for name in fields(kind)]
    attributes.remove("limits")

    assert sorted(declared.attribute for declared in DECLARED) == sorted(attributes)


def test_a_file_gives_settings_too_and_the_environment_comes_first(tmp_path: Path) -> None:
    file = tmp_path / "medalgraph.toml"
    file.write_text(
        'base_path = "/medals"\nread_only = true\nquery_seconds = 20\nreaders = 2\n'
        'query_memory = "1GiB"\ntrusted_proxies = ["127.0.0.1", "::1"]\n'
    )

    settings = Settings.from_environment({FILE: str(file), "MEDALGRAPH_READERS": "3"})

    assert (settings.base_path, settings.read_only) == ("/medals", True)
    assert (settings.limits.query_s, settings.limits.readers) == (20, 3)
    assert settings.limits.query_memory_bytes == 2**30
    assert list(map(str, settings.trusted_proxies)) == ["127.0.0.1/32", "::1/128"]


def test_an_empty_variable_leaves_the_usual_value() -> None:
    assert Settings.from_environment({"MEDALGRAPH_READERS": " ", FILE: ""}) == Settings()


def test_tokens_lie_in_the_store_unless_said_otherwise() -> None:
    assert Settings(store=Path("s")).token_file == Path("s/tokens.json")


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("MEDALGRAPH_READ_ONLY", "perhaps", "neither yes nor no"),
        ("MEDALGRAPH_UPLOAD_LIMIT", "1 gallon", "no number of bytes"),
        ("MEDALGRAPH_UPLOAD_LIMIT", "-1", "no number of bytes"),
        ("MEDALGRAPH_REQUEST_LIMIT", "0", "no number of bytes"),
        ("MEDALGRAPH_QUERY_SECONDS", "ten", "no number of seconds"),
        ("MEDALGRAPH_QUERY_SECONDS", "0", "no number of seconds"),
        ("MEDALGRAPH_QUERY_SECONDS", "nan", "no number of seconds"),
        ("MEDALGRAPH_QUERY_SECONDS", "inf", "no number of seconds"),
        ("MEDALGRAPH_READERS", "2.5", "no number of one or more"),
        ("MEDALGRAPH_WAITING", "0", "no number of one or more"),
        ("MEDALGRAPH_PUBLIC_URL", "medals.example.org", "no scheme and host"),
        ("MEDALGRAPH_PUBLIC_URL", "https://medals.example.org/path", "no scheme and host"),
        ("MEDALGRAPH_BASE_PATH", "/a b", "no path of an address"),
        ("MEDALGRAPH_TRUSTED_PROXIES", "proxy.example.org", "no list of internet addresses"),
        ("MEDALGRAPH_TRUSTED_PROXIES", "10.0.0.1/8", "no list of internet addresses"),
    ],
)
def test_a_setting_that_cannot_be_understood_is_named(name: str, value: str, what: str) -> None:
    with pytest.raises(
        BadInput, match=f"^{name} is {re.escape(repr(value))}, which is {what}"
    ) as no:
        Settings.from_environment({name: value})

    assert "write it as" in (no.value.hint or "")


@pytest.mark.parametrize(
    ("content", "message", "hint"),
    [
        ("query_second = 1", "There is no setting 'query_second'", "Did you mean query_seconds?"),
        ("zzz = 1", "There is no setting 'zzz'", "Known are: store, "),
        ("query_seconds = -1", "^query_seconds in .*toml is '-1', which is no number of", "2.5"),
        ("query_seconds", "is not TOML", "one setting a line"),
        ("[limits]\nreaders = 1", "There is no setting 'limits'", "Known are"),
    ],
)
def test_a_file_that_cannot_be_understood_is_named_with_the_place(
    content: str, message: str, hint: str, tmp_path: Path
) -> None:
    file = tmp_path / "medalgraph.toml"
    file.write_text(content)

    with pytest.raises(BadInput, match=message) as refused:
        Settings.from_environment({FILE: str(file)})

    assert hint in (refused.value.hint or "")


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(BadInput, match=r"nowhere\.toml cannot be read: No such file"):
        Settings.from_environment({FILE: "nowhere.toml"})


def test_the_page_lists_every_setting_with_its_variable_and_usual_value() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `(MEDALGRAPH_\w+)` \|", PAGE.read_text(), re.MULTILINE)

    assert rows == [(declared.key, declared.variable) for declared in DECLARED]
