from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from onrecord.location import Address, locate
from onrecord.record import OnrecordError


def test_a_path_is_a_path_whatever_it_looks_like() -> None:
    assert locate("a/b.onrecord") == Path("a/b.onrecord")
    assert locate("postgres.onrecord") == Path("postgres.onrecord")
    here = Path("a")
    assert locate(here) is here


@pytest.mark.parametrize(
    ("words", "connection", "schema", "name"),
    [
        ("postgresql://ann@db/news", "postgresql://ann@db/news", "onrecord", "news"),
        ("postgres://db:5433/news?schema=desk", "postgres://db:5433/news", "desk", "news/desk"),
        (
            "postgresql://db/news?sslmode=require&schema=a%20b",
            "postgresql://db/news?sslmode=require",
            "a b",
            "news/a b",
        ),
        ("postgresql:///news?schema=x&host=/run/pg", "postgresql:///news?host=/run/pg", "x", "news/x"),
        ("postgresql://", "postgresql://", "onrecord", "postgresql"),
    ],
)
def test_an_address_is_what_postgresql_reads_and_a_schema(words: str, connection: str, schema: str, name: str) -> None:
    address = locate(words)
    assert address == Address(connection, schema)
    assert address.name == name
    assert locate(address) is address
    assert pickle.loads(pickle.dumps(address)) == address  # noqa: S301
    assert locate(str(address)) == address


@pytest.mark.parametrize(
    "words",
    [
        "postgresql://ann:Ferry-1@db/news",
        "postgresql://ann:Ferry-1@/news?host=/run/pg&schema=x",
        "postgresql://ann:a@Ferry-1/b@db/news",
        "postgresql://db/news?user=ann&password=Ferry-1",
        "postgresql://db/news?sslpassword=Ferry-1&schema=x",
    ],
)
def test_a_password_is_never_shown(words: str) -> None:
    address = locate(words)
    assert isinstance(address, Address)
    assert "Ferry-1" in address.connection
    for shown in (str(address), repr(address), f"{address}", address.name):
        assert "Ferry-1" not in shown


@pytest.mark.parametrize("schema", ["", "pg_catalog", "x" * 64, "%00"])
def test_what_can_be_no_schema(schema: str) -> None:
    with pytest.raises(OnrecordError, match="cannot be the name of a schema") as refused:
        locate(f"postgresql://ann:Ferry-1@db/news?schema={schema}")
    assert "Ferry-1" not in str(refused.value)
