"""A program with a temporary folder, for tests to kill."""

from app.files import temporary

if __name__ == "__main__":
    with temporary.folder():
        print("ready", flush=True)
        input()
