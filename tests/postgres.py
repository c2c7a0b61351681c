"""A PostgreSQL of the tests' own: Debian's programs, a socket in a temporary folder, and no right beyond a database's.

Where they are not installed (`apt-get install postgresql`), the tests that need them are skipped; with
`ONRECORD_POSTGRES=require`, as in continuous integration, that is a failure.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from onrecord.location import Address, Location

OWNER, GUARDED, DATABASE, PASSWORD = "newsroom", "guarded", "news", "Ferry-1"
# Who comes as GUARDED has to say the password.
_ACCESS = f"local all {GUARDED} scram-sha-256\nlocal all all trust\n"
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "max_connections": "60",
    "shared_buffers": "32MB",
    # As nobody's database is by itself: the order of text is to be the record's own.
    "lc_messages": "C",
}

Place = Callable[[str], Location]
_numbers = count()


def find_programs() -> Path | None:
    """Where Debian has the newest server that is installed."""
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda found: int(found.parent.name), default=None)


@pytest.fixture(scope="session")
def socket() -> Iterator[Path]:
    """The folder of the socket of a server with a database that belongs to OWNER."""
    programs = find_programs()
    if programs is None:
        if os.environ.get("ONRECORD_POSTGRES") == "require":
            pytest.fail("no PostgreSQL; apt-get install postgresql")
        pytest.skip("no PostgreSQL; apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="onrecord-pg-"))
    data = folder / "data"
    # The server refuses to be root.
    root = os.geteuid() == 0
    if root:
        shutil.chown(folder, "postgres", "postgres")

    def run(program: str, *words: str) -> None:
        # What is started goes on writing to what it was given, for which nobody would wait.
        command = [str(programs / program), *words]
        user: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []} if root else {}
        with (folder / "output").open("wb") as output:
            done = subprocess.run(command, stdout=output, stderr=output, cwd="/", check=False, **user)
        assert done.returncode == 0, (folder / "output").read_text()

    try:
        run("initdb", "--pgdata", str(data), "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        (data / "pg_hba.conf").write_text(_ACCESS)
        options = " ".join(f"-c {name}='{value}'" for name, value in _SETTINGS.items())
        run("pg_ctl", "--pgdata", str(data), "--options", f"-k {folder} {options}", "--wait", "start")
        try:
            me = "postgres" if root else pwd.getpwuid(os.geteuid()).pw_name
            with psycopg.connect(host=str(folder), user=me, dbname="postgres", autocommit=True) as admin:
                admin.execute(f"CREATE ROLE {OWNER} LOGIN")
                admin.execute(f"CREATE ROLE {GUARDED} LOGIN PASSWORD '{PASSWORD}'")
                admin.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
                admin.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
            yield folder
        finally:
            run("pg_ctl", "--pgdata", str(data), "--mode=immediate", "stop")
    finally:
        shutil.rmtree(folder)


def address(socket: Path, schema: str, *, user: str = OWNER, database: str = DATABASE) -> Address:
    """The address of a schema of the tests' own database."""
    return Address(f"postgresql://{user}@/{database}?host={socket}", schema)


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Where a record of a name may be made: in a file, and then in a schema of a database."""
    yield from places(request, tmp_path)


def places(request: pytest.FixtureRequest, folder: Path) -> Iterator[Place]:
    """The place that a fixture of "sqlite" and "postgres" asks for; its schemas are dropped afterwards."""
    if request.param == "sqlite":
        yield folder.joinpath
        return
    socket, test = request.getfixturevalue("socket"), next(_numbers)
    made: list[str] = []

    def make(name: str) -> Location:
        # One that has to be quoted.
        made.append(f'{name}"{test}')
        return address(socket, made[-1])

    yield make
    with psycopg.connect(address(socket, "").connection, autocommit=True) as owner:
        for schema in made:
            quoted = schema.replace('"', '""')
            owner.execute(f'DROP SCHEMA IF EXISTS "{quoted}" CASCADE'.encode())
