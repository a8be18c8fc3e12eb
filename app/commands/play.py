"""`esis play`: a draaiboek as a test, a demo or the manual, on a board of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from app.commands import play_options as options
from app.commands.asking import Yes
from app.commands.playing import files
from app.commands.session import Session

SLOWEST, FASTEST = 0.1, 100


def play(
    context: typer.Context,
    paths: options.Paths = None,
    check_only: options.CheckOnly = False,
    lint: options.Lint = False,
    yes: Yes = False,
    update: options.Update = False,
    review: options.Review = False,
    accept: options.Accept = None,
    only: options.Only = None,
    last_failed: options.LastFailed = False,
    shard: options.Shard = None,
    seeds: options.Seeds = None,
    jobs: options.Jobs = None,
    repeat: options.Repeat = 1,
    watch: options.Watch = False,
    size: options.Size = options.SIZE,
    here: options.Here = False,
    report: options.Report = None,
    junit: options.Junit = None,
    artifacts: options.Artifacts = None,
    trace: options.Trace = None,
    trace_folder: options.TraceFolder = None,
    json: options.EventLines = False,
    demo: options.Demo = False,
    presenter: options.Presenter = False,
    manual: options.Manual = None,
    record: options.Record = None,
    theme: options.Theme = None,
    speed: options.Speed = 1.0,
    roomy: options.Roomy = False,
    leave: options.Leave = False,
    new: options.New = None,
    start: options.Start = None,
    role: options.Role = None,
    location: options.Location = None,
    title: options.Title = None,
) -> None:
    """Speel een draaiboek: als controle, demo of handleiding."""
    session: Session = context.obj
    shows, writes = demo or record is not None, manual is not None
    _check_together(
        {
            "--demo": shows,
            "--manual": writes,
            "--new": new is not None,
            "--check": check_only,
            "--lint": lint,
            "--update": update,
            "--review": review,
            "--accept": accept is not None,
        },
        {
            "--only": only,
            "--last-failed": last_failed,
            "--shard": shard,
            "--jobs": jobs,
            "--repeat": repeat > 1,
            "--watch": watch,
            "--junit": junit,
            "--artifacts": artifacts,
            "--trace": trace,
            "--json": json,
        },
    )
    if theme and not (shows or writes or new):
        raise typer.BadParameter(
            "--theme hoort bij --demo, --record of --manual; gouden schermen hebben het gewone thema."
        )
    if presenter and not demo:
        raise typer.BadParameter("--presenter hoort bij --demo.")
    if review and (json or watch):
        raise typer.BadParameter("--review is voor een mens aan een terminal, en kan niet met --json of --watch.")
    if trace_folder and not trace:
        raise typer.BadParameter("--trace-dir hoort bij --trace: schrijf ook --trace fail of --trace on.")
    if not FASTEST >= speed >= SLOWEST:  # also rejects nan
        raise typer.BadParameter(f"--speed is een getal van {SLOWEST} tot {FASTEST}.")
    wanted = _seeds(seeds)
    if wanted != (1,) and (update or review or accept or writes or record):
        raise typer.BadParameter("gouden schermen, de handleiding en een opname zijn van variant 1: laat --seed weg.")
    if len(wanted) > 1 and (shows or trace):
        raise typer.BadParameter(f"{'--trace' if trace else 'een demo'} is van een variant: schrijf --seed 3.")
    if new is None and (start or role or location or title):
        raise typer.BadParameter("--start, --role, --location en --title horen bij --new.")
    if new is not None:
        if paths:
            raise typer.BadParameter("bij --new staat geen ander draaiboek: het bestand erachter wordt gemaakt.")
        from app.commands.new import record_new

        record_new(
            session, new, size, start=start, role=role, location=location, title=title, theme=theme, here=here, yes=yes
        )
        return
    if not paths:
        raise typer.BadParameter("noem een of meer draaiboeken, of neem er een op met --new BESTAND.")
    if lint:
        from app.commands.lint import lint as look_over
        from app.training.pictures import parse_size

        if look_over(paths, parse_size(size), wanted if seeds else (), json):
            raise typer.Exit(1)
    elif record is not None:
        from app.commands.recording import record_demo

        chosen = theme_of(session, theme)
        record_demo(session, _one(paths), record, size, theme=chosen, speed=speed, roomy=roomy, here=here, yes=yes)
    elif demo:
        from app.commands import demo as demos
        from app.training.pictures import parse_size
        from screens.presenting import beamer

        source = context.get_parameter_source("size")
        shown = demos.Ways(
            theme_of(session, theme or (beamer.THEME if presenter else None)),
            speed,
            roomy,
            leave,
            presenter,
            parse_size(size) if source and source.name != "DEFAULT" else None,
        )
        demos.show(session, _one(paths), wanted[0], shown, here=here)
    elif manual is not None:
        from app.commands.manual import write

        write(paths, manual, size, theme_of(session, theme))
    else:
        from app.commands import checking, reviewing, watching
        from app.commands.output import event_writer

        ways = checking.Ways(
            only=tuple(only or ()),
            seeds=wanted,
            failed_before=last_failed,
            shard=shard or "",
            repeat=repeat,
            jobs=jobs or 0,
            junit=junit,
            artifacts=artifacts,
            accept=tuple(accept or ()),
            decide=reviewing.at_the_terminal(session.settings.theme) if review else None,
        )
        say = event_writer() if json else lambda _event: None

        def played(these: Sequence[Path]) -> None:
            checking.check(
                session if here else None,
                these,
                size,
                update=update,
                report=report,
                yes=yes,
                say=say,
                trace=trace,
                trace_folder=trace_folder,
                ways=ways,
            )

        if watch:
            watching.play_again(paths, played)
        else:
            played(paths)


def _seeds(text: str | None) -> tuple[int, ...]:
    """The variants that are asked for. Raises `BadParameter`."""
    from app.training.scripts.errors import WrongLine
    from app.training.scripts.seeds import seeds
    from app.training.scripts.varying import DEFAULT

    try:
        return tuple(seeds(text)) if text else (DEFAULT,)
    except WrongLine as wrong:
        raise typer.BadParameter(str(wrong)) from wrong


def _check_together(ways: dict[str, bool], of_checks: dict[str, object]) -> None:
    """Raise `BadParameter` for options that do not go together: one way, and what only a check has."""
    chosen = [name for name, given in ways.items() if given]
    showing = [name for name in chosen if name in ("--demo", "--manual", "--new")]
    if len(chosen) > 1 and not set(chosen) <= {"--check", "--update"}:
        raise typer.BadParameter(f"kies een van {', '.join(chosen[:-1])} en {chosen[-1]}.")
    wrong = [name for name, given in of_checks.items() if given]
    if showing and wrong:
        raise typer.BadParameter(f"{wrong[0]} hoort bij een controle, en kan niet met {showing[0]}.")


def theme_of(session: Session, chosen: str | None) -> str:
    """The requested theme, otherwise that of the settings. Raises `NotFound` for an unknown one."""
    from app.commands.screenshot import theme_named

    return theme_named(chosen) if chosen else session.settings.theme


def _one(paths: Sequence[Path]) -> Path:
    found = files(paths)
    if len(found) != 1:
        raise typer.BadParameter("een demo is van een draaiboek.")
    return found[0]
