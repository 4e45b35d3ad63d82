"""Settings come from the environment, and a wrong one is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.errors import BadInput
from service import config
from service.config import Settings


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
            "MEDALGRAPH_REQUEST_LIMIT": "10",
            "MEDALGRAPH_ADDRESS_LIMIT": "20",
            "MEDALGRAPH_UPLOAD_LIMIT": "30",
        }
    )

    assert settings == Settings(
        store=Path("/srv/store"),
        public_url="https://medals.example.org",
        base_path="/medals",
        read_only=True,
        tokens=Path("/etc/tokens.json"),
        request_limit_bytes=10,
        address_limit_bytes=20,
        upload_limit_bytes=30,
    )


def test_tokens_lie_in_the_store_unless_said_otherwise() -> None:
    assert Settings(store=Path("s")).token_file == Path("s/tokens.json")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MEDALGRAPH_READ_ONLY", "perhaps"),
        ("MEDALGRAPH_UPLOAD_LIMIT", "1 GB"),
        ("MEDALGRAPH_REQUEST_LIMIT", "0"),
        ("MEDALGRAPH_PUBLIC_URL", "medals.example.org"),
        ("MEDALGRAPH_PUBLIC_URL", "https://medals.example.org/path"),
        ("MEDALGRAPH_BASE_PATH", "/a b"),
    ],
)
def test_a_setting_that_cannot_be_understood_is_named(name: str, value: str) -> None:
    with pytest.raises(BadInput, match=name):
        Settings.from_environment({name: value})


def test_every_variable_that_is_read_is_documented() -> None:
    source = Path(config.__file__).read_text(encoding="utf-8")
    documented = set(re.findall(r"MEDALGRAPH_[A-Z_]+", config.__doc__ or ""))

    assert set(re.findall(r'"(MEDALGRAPH_[A-Z_]+)"', source)) == documented
