"""A program with a temporary folder, which tests kill."""

from app.files import temporary


def main() -> None:
    with temporary.folder():
        print("ready", flush=True)
        input()
