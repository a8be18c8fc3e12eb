"""Databases on a PostgreSQL server for tests: made from a template, or emptied after a test and used for the next."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from itertools import count
from typing import Any

from models.base import real_database
from models.schema import open_database
from tests import programs

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
SHAPE = """
    SELECT count(*), (SELECT count(*) FROM pg_constraint), (SELECT count(*) FROM pg_trigger),
           (SELECT array_agg(version) FROM schema_version), (SELECT count(*) FROM schema_migration)
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace
"""
"""What a database looks like but for what is in it."""
EMPTY = """
    DO $$ DECLARE name text; has_rows boolean; BEGIN
        SET LOCAL session_replication_role = replica;
        FOR name IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
                    AND relname NOT IN ('schema_version', 'schema_migration') LOOP
            EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', name) INTO has_rows;
            IF has_rows THEN EXECUTE format('DELETE FROM %I', name); END IF;
        END LOOP;
        FOR name IN SELECT sequencename FROM pg_sequences
                    WHERE last_value IS NOT NULL AND sequencename NOT LIKE 'schema_%' LOOP
            EXECUTE format('ALTER SEQUENCE %I RESTART', name);
        END LOOP;
    END $$
"""
"""No rows, and numbers from 1 on."""


def with_name(uri: str, name: str) -> str:
    """The URL of another database of the server."""
    head, _, query = uri.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")


@cache
def administrator(uri: str) -> Any:
    """A connection for making databases, kept: making one is a sixth of the time of making a database."""
    import psycopg

    return psycopg.connect(uri, autocommit=True)


def on_server(uri: str, statement: str) -> None:
    """Carry out a statement there."""
    administrator(uri).execute(statement)


def opened(url: str) -> Iterator[str]:
    """A database, opened for a test, and closed; its URL."""
    open_database(url)
    yield url
    real_database().close()  # what is kept for a reading thread too


class Reused:
    """A PostgreSQL database that is emptied after a test and used for the next: a fifth of the time of another copy.

    It is made anew where somebody else may still write in it (a test that started a program), where its tables are not what
    they were, and now and then, because what was deleted stays in its files.
    """

    MOST = 50

    def __init__(self, server: str, template: str) -> None:
        self.server, self.template = server, template
        self._numbers, self._uses, self._name, self._shape = count(), 0, "", ""

    def used(self) -> Iterator[str]:
        """The database, opened; its URL."""
        if not self._name:
            self._name, self._uses = f"reused_{WORKER}_{next(self._numbers)}", 0
            on_server(self.server, f'CREATE DATABASE "{self._name}" TEMPLATE "{self.template}" STRATEGY FILE_COPY')
        url, before = with_name(self.server, self._name), programs.started
        self._shape = self._shape or str(administrator(url).execute(SHAPE).fetchone())
        self._uses += 1
        yield from opened(url)
        if self._uses == self.MOST or programs.started != before or not self._is_empty_again(url):
            administrator(url).close()
            on_server(self.server, f'DROP DATABASE IF EXISTS "{self._name}" WITH (FORCE)')
            self._name = ""

    def _is_empty_again(self, url: str) -> bool:
        inside = administrator(url)
        if inside.execute(OTHERS).fetchone() != (0,) or str(inside.execute(SHAPE).fetchone()) != self._shape:
            return False
        inside.execute(EMPTY)
        return True


@cache
def reused(server: str, template: str) -> Reused:
    """The one of this process."""
    return Reused(server, template)
