"""The commands about adapters: small files that carry what a campaign has learnt to another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import messages
from .console import hint, now, open_campaign, print_json, print_table, quoted, run_in_terminal, say
from .options import FILE, as_json_option, overwrite_option, workspace_and_json

if TYPE_CHECKING:
    from ..use_cases.adapters import Comparison


@click.group()
def adapter() -> None:
    """Carry what a model has learnt from campaign to campaign, as a file of about 2 MB.

    The method 'lora' makes adapters: a version that holds only what it has learnt beside its base, the encoder that
    ships with Tile Triage or that of an earlier version. Another campaign with that base takes it in, scores and
    predicts with it, or goes on learning from it.

    \b
    Examples: tiletriage fine-tune river --method lora --minutes 5
              tiletriage adapter export river v001 -o river.ttadapter
              tiletriage adapter import delta river.ttadapter
              tiletriage versions delta --activate river
    """


@adapter.command("export")
@click.argument("folder", metavar="WORKSPACE", type=FILE)
@click.argument("version", metavar="VERSION")
@click.option("-o", "--output", type=FILE, required=True, help="The file to write: .ttadapter.")
@overwrite_option
@as_json_option
def export_(folder: Path, version: str, output: Path, overwrite: bool, as_json: bool) -> None:
    """Write a version that is an adapter into one small file.

    Example: tiletriage adapter export river v001 -o river.ttadapter
    """
    workspace = open_campaign(folder)
    from .. import loop

    size = loop.export_adapter(workspace, version, output, overwrite=overwrite)
    if as_json:
        print_json({"version": version, "path": output, "bytes": size})
    else:
        base = ", ".join(workspace.card(version).base)
        say(f"{output}: {size / 1e6:.1f} MB, the adapter '{version}' beside '{base}'.")


@adapter.command("import")
@click.argument("folder", metavar="WORKSPACE", type=FILE)
@click.argument("path", metavar="FILE", type=FILE)
@click.option("--name", metavar="ID", help="What to call the new version.  [default: as the file is called]")
@as_json_option
def import_(folder: Path, path: Path, name: str | None, as_json: bool) -> None:
    """Take the adapter of a file into a campaign, as a version that waits to be activated.

    It must see the campaign's bands and map its classes. Its base must be there; where only the program has it, the
    version becomes one with weights of its own. To begin a campaign with an
    adapter, name the file as --start of 'new'.

    Example: tiletriage adapter import delta river.ttadapter
    """
    workspace = open_campaign(folder)
    from .. import loop

    card = loop.import_adapter(workspace, path, name=name, now=now())
    if as_json:
        print_json(messages.version_row(card, active=""))
        return
    what = f"an adapter beside '{', '.join(card.base)}'" if card.is_adapter else "whole, as its base is not here"
    say(f"{card.id}: {what}, parked.")
    hint(folder, f"tiletriage versions WORKSPACE --activate {card.id}", "let it score, draft and predict")


@adapter.command("list")
@workspace_and_json
def list_(folder: Path, as_json: bool) -> None:
    """List the versions of a campaign that are adapters, with their base and size.

    Example: tiletriage adapter list river
    """
    workspace = open_campaign(folder)
    from ..campaign.campaign_file import ACTIVE_VERSION

    with workspace.store() as store:
        active = store.setting(ACTIVE_VERSION)
    rows = [
        {
            "id": card.id,
            "active": card.id == active,
            "base": ", ".join(card.base),
            "method": card.method,
            "created": card.created,
            "bytes": size_of(workspace.version_folder(card.id) / card.weights_file),
        }
        for card in workspace.cards()
        if card.is_adapter
    ]
    if as_json:
        print_json(rows)
    elif rows:
        print_table(messages.adapters(rows))
    else:
        say("No version of this campaign is an adapter.")
        hint(folder, "tiletriage fine-tune WORKSPACE --method lora --minutes 5", "make one")


@adapter.command()
@click.argument("folder", metavar="WORKSPACE", type=FILE)
@click.argument("versions", metavar="VERSION...", nargs=-1, required=True)
@as_json_option
def compare(folder: Path, versions: Sequence[str], as_json: bool) -> None:
    """Measure versions on the same tiles, which none of them has learnt from.

    These are the annotated tiles of the exam, or else of the campaign. The change is that from the first one, with its
    90 % interval.

    Example: tiletriage adapter compare delta blank river
    """
    workspace = open_campaign(folder)
    from .. import loop

    found = run_in_terminal("Comparing", loop.compare_versions(workspace, versions))
    if as_json:
        print_json(_compared(found))
        return
    print_table(messages.compared(found))
    say(f"On {messages.judges(found.results[0].exam_tiles, found.is_exam)}.")


@adapter.command()
@click.argument("folder", metavar="WORKSPACE", type=FILE)
@click.argument("versions", metavar="VERSION...", nargs=-1, required=True)
@click.option("--shares", metavar="2,1", callback=lambda context, option, text: _shares(text), help="Of each version.")
@click.option("--name", metavar="ID", help="What to call the new version.  [default: v001, v002, ...]")
@as_json_option
def average(folder: Path, versions: Sequence[str], shares: tuple[float, ...], name: str | None, as_json: bool) -> None:
    """Make a version that is the mean of adapters of one base.

    It is measured beside the active version on tiles that none of them has learnt from, and becomes active where it is
    better than noise.

    Example: tiletriage adapter average delta v002 river --shares 2,1
    """
    workspace = open_campaign(folder)
    from .. import loop

    made = run_in_terminal("Averaging", loop.average_adapters(workspace, versions, shares, name=name, now=now()))
    if as_json:
        print_json(asdict(made))
    else:
        say(messages.averaged(made, f"tiletriage versions {quoted(folder)} --activate {made.version}"))


def size_of(path: Path) -> int:
    """Of a file in bytes; 0 where it is lost, which 'versions' tells."""
    return path.stat().st_size if path.exists() else 0


def _compared(found: Comparison) -> dict[str, object]:
    figures = [
        {
            "version": each.version,
            "iou": each.iou,
            "f1": each.f1,
            "change": asdict(found.difference(place)) if place else None,
        }
        for place, each in enumerate(found.results)
    ]
    return {"tiles": found.results[0].exam_tiles, "exam": found.is_exam, "versions": figures}


def _shares(text: str | None) -> tuple[float, ...]:
    try:
        return tuple(float(each) for each in text.split(",")) if text else ()
    except ValueError as error:
        raise click.BadParameter("give numbers with commas between them, for example 2,1") from error
