"""A program with a temporary folder, for tests to kill."""

from app.files import temporary


def main() -> None:
    with temporary.folder():
        print("ready", flush=True)
        input()
