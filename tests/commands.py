"""Every command of the product over a tiny campaign, and tiles annotated as the dock does it: what a user does to a
campaign, for tests of what may come in between.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import shapely
import torch
from click.testing import CliRunner

from tiletriage.models import loop
from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.models.cli.main import main
from tiletriage.models.evaluation.region import open_region
from tiletriage.models.evaluation.simulate import simulate
from tiletriage.models.segmentation.architecture import Architecture
from tiletriage.models.segmentation.precision import is_bfloat16_safe
from tiletriage.models.training import fine_tune
from tiletriage.models.use_cases.annotate_tile import is_finished_with
from tiletriage.plugin.annotation import autosave
from tiletriage.plugin.annotation.footprint import Footprint

from .conftest import TILE_PX, write_labels, write_scene, write_start
from .models.campaigns import NOW, run
from .models.evaluation import results

ARCHIVE = Path(__file__).parent / "data" / "campaign_0_2_0.zip"
NOTHING = "nothing"  # a stage without a campaign
FRESH, SCORED, ANNOTATED, TUNED, OLD = "fresh", "scored", "annotated", "tuned", "old"
NOTES = "notes.txt"  # of what an annotator was told that it is kept
BUDGET_SECONDS = 4.0
SMALL = ("--tile-size", TILE_PX, "--exam-tiles", 4)


@dataclass(frozen=True)
class Command:
    """One thing that a user does: the stage of the campaign before it, and a command's words or a function.

    In the words ``{around}`` is where scene, labels and start lie and nothing is written, ``{here}`` the folder that
    holds the campaign and whatever is written. A function takes both. What is done only once, ``is_once``, would do
    more if it were repeated.
    """

    name: str
    stage: str
    doing: tuple[object, ...] | Callable[[Path, Path], object]
    is_once: bool = False

    def of(self, around: Path, here: Path) -> tuple[object, ...]:
        """What ``forks.Fork`` takes."""
        if callable(self.doing):
            return self.doing, around, here
        return (tuple(str(word).format(around=around, here=here) for word in self.doing),)


def annotate_tiles(around: Path, here: Path) -> None:
    """Three tiles as at a desk: taken up, drawn on, handed in. What was drawn and not handed in is taken up again."""
    workspace = open_workspace(here / "campaign")
    drawing = workspace.cache / "drawing"
    drawing.mkdir(parents=True, exist_ok=True)
    autosave.delete_handed_in(
        drawing, lambda tile_id, drawn, after: is_finished_with(workspace, tile_id, [each.wkb for each in drawn], after)
    )
    for tile_id in ("r000_c000", "r000_c001", "r001_c005"):
        after = loop.last_finish(workspace, tile_id)
        if after:
            continue
        kept, house = drawing / f"{tile_id}.json", house_on(workspace, tile_id)
        loop.claim_tile(workspace, tile_id, session="here", annotator="Amina", now=NOW)
        begun = autosave.read(kept, tile_id) or autosave.Unfinished([], after, [])
        with suppress(OSError):  # as in the dock: the drawing itself is still there
            for begun.drawn in ([], [Footprint(house.wkb)]):
                autosave.write(kept, tile_id, begun)
            note(here, f"drawn {tile_id}")
        loop.finish_tile(workspace, tile_id, [house], annotator="Amina", now=NOW, instead_of=[], after=begun.after)
        note(here, f"finished {tile_id}")
        kept.unlink(missing_ok=True)


def note(here: Path, words: str) -> None:
    """Keep what an annotator sees, where there is room for it."""
    with suppress(OSError), (here / NOTES).open("a", encoding="utf-8") as notes:
        print(words, file=notes)


def house_on(workspace, tile_id: str):
    left, bottom, *_ = workspace.grid.tile_bounds(workspace.grid.tile(tile_id))
    return shapely.box(left + 8, bottom + 8, left + 16, bottom + 16)


def propose_drafts(around: Path, here: Path) -> None:
    run(loop.drafts(open_workspace(here / "campaign"), ["r000_c000", "r002_c002", "r001_c005"], threshold=0.1))


def fine_tune_with_checkpoints(around: Path, here: Path) -> None:
    """As the command, which keeps a checkpoint only every ten seconds."""
    fine_tune.FineTuning = partial(fine_tune.FineTuning, checkpoint_seconds=0)  # in a process of its own
    run(loop.fine_tune(open_workspace(here / "campaign"), epochs=3, now=NOW))


def fine_tune_for_seconds(around: Path, here: Path) -> None:
    """The same with a budget of seconds alone; prints how many epochs there were, and the seconds of those just now."""
    seconds: list[float] = []
    fine_tune.FineTuning = partial(fine_tune.FineTuning, checkpoint_seconds=0.5)
    budget = {"minutes": BUDGET_SECONDS / 60, "epochs": 9999}
    workspace = open_workspace(here / "campaign")
    tuned = run(loop.fine_tune(workspace, **budget, now=NOW, on_epoch=lambda epoch: seconds.append(epoch.seconds)))
    print(json.dumps({"epochs": tuned.epochs, "seconds": sum(seconds)}))


def export_version(around: Path, here: Path) -> None:
    loop.export_version(open_workspace(here / "campaign"), "tiny", here / "taken")


def open_old(around: Path, here: Path) -> None:
    """A campaign of version 0.2.0, which is migrated."""
    loop.count_tiles(open_workspace(here / "campaign"))


def prove_precision(around: Path, here: Path) -> None:
    is_bfloat16_safe(Architecture(), here / "campaign" / "cache" / "precision.json")


def simulate_briefly(around: Path, here: Path) -> None:
    """As the command, with one epoch a fine-tuning."""
    scene, labels, proof = around / "scene.tif", around / "labels.gpkg", around / "precision.json"
    region = open_region(scene, labels, around / "tiny", tile_size_px=TILE_PX, exam_tiles=4, precision=proof)
    few = fine_tune.FineTuning(epochs=1)
    run(simulate(run(region), ["random"], (0, 2, 4), (0,), here / "results.jsonl", few))


NEW = ("new", "{here}/campaign", "--imagery", "{around}/scene.tif", "--start", "{around}/tiny", *SMALL)
ANNOTATE = ("annotate", "{here}/campaign", "--footprints", "{around}/labels.gpkg", "--next", 12)
PREDICT = ("predict", "{here}/campaign", "--threshold", 0.1, "-o")
COMMANDS = (
    Command("new", NOTHING, NEW),
    Command("score", FRESH, ("score", "{here}/campaign", "--png", "{here}/heat.png", "--overwrite")),
    Command("next", SCORED, ("next", "{here}/campaign", "--count", 5)),
    Command("annotate", SCORED, ANNOTATE, is_once=True),
    Command("annotate tiles", SCORED, annotate_tiles),
    Command("drafts", SCORED, propose_drafts),
    Command("fine-tune", ANNOTATED, ("fine-tune", "{here}/campaign", "--epochs", 2), is_once=True),
    Command("fine-tune with checkpoints", ANNOTATED, fine_tune_with_checkpoints, is_once=True),
    Command("evaluate", ANNOTATED, ("evaluate", "{here}/campaign")),
    Command("quality", ANNOTATED, ("quality", "{here}/campaign")),
    Command("predict", ANNOTATED, (*PREDICT, "{here}/map.gpkg")),
    Command("predict GeoJSON", ANNOTATED, (*PREDICT, "{here}/map.geojson", "--overwrite")),
    Command("versions", TUNED, ("versions", "{here}/campaign", "--activate", "v001")),
    Command("export", FRESH, export_version),
    Command("simulate", NOTHING, simulate_briefly),
    Command("report", NOTHING, ("report", "{around}/results.jsonl", "-o", "{here}/report")),
    Command("precision", FRESH, prove_precision),
    Command("migration", OLD, open_old),
)
LOOK = Command("look", FRESH, ("versions", "{here}/campaign"))


def prepare(around: Path) -> Path:
    """Scene, labels, start and results in a folder, and under the name of each stage what it begins with."""
    scene, labels = write_scene(around / "scene.tif"), write_labels(around / "labels.gpkg")
    start = write_start(around / "tiny")
    for stage in (NOTHING, FRESH, SCORED, ANNOTATED, TUNED, OLD):
        (around / stage).mkdir()
    _command("new", around / FRESH / "campaign", "--imagery", scene, "--start", start, *SMALL)
    _next_stage(around, FRESH, SCORED, ["score"])
    exam, some = (["annotate", "--footprints", labels, *which] for which in (["--exam"], ["--next", 6]))
    _next_stage(around, SCORED, ANNOTATED, exam, some)
    _next_stage(around, ANNOTATED, TUNED, ["fine-tune", "--epochs", 1])
    with ZipFile(ARCHIVE) as archive:
        archive.extractall(around / OLD)
    subject = [torch.__version__, torch.backends.cpu.get_cpu_capability(), Architecture().encoder, Architecture().bands]
    (around / "precision.json").write_text(json.dumps({"subject": subject, "is_safe": False}), encoding="utf-8")
    results.write(around / "results.jsonl", [*results.straight("random", 0.001), *results.straight("p2", 0.002)])
    return around


def _next_stage(around: Path, before: str, after: str, *commands: list[object]) -> None:
    shutil.copytree(around / before, around / after, dirs_exist_ok=True)
    for name, *words in commands:
        _command(name, around / after / "campaign", *words)


def _command(*words: object) -> None:
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == 0, done.output
