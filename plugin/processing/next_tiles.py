"""tiletriage:next - which tiles to annotate, best first."""

from __future__ import annotations

import json
from dataclasses import asdict
from html import escape
from pathlib import Path

from qgis.core import (
    QgsFeatureSink,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
)

from ...models.storage.atomic_files import appearing_whole
from ...models.storage.output_paths import check_place
from ..layers import style
from ..messages import why
from .algorithm import EngineAlgorithm, now
from .project_layers import destination_file, dress


class NextTiles(EngineAlgorithm):
    """A campaign -> the head of its queue."""

    def name(self):
        return "next"

    def displayName(self):
        return self.tr("Next tiles")

    def group(self):
        return self.tr("Annotation")

    def groupId(self):
        return "annotation"

    def tags(self):
        return self.tr("queue,rank,priority,round").split(",")

    def story(self):
        return self.tr("Lists the tiles that are worth most to annotate next, best first, each with the reason.")

    def initAlgorithm(self, configuration=None):
        self.add_workspace()
        self.add(
            QgsProcessingParameterNumber(
                "COUNT",
                self.tr("Number of tiles"),
                QgsProcessingParameterNumber.Type.Integer,
                optional=True,
                minValue=1,
            ),
            self.tr("How many tiles to list at most. Without it, 10, or all exam tiles."),
        )
        self.add(
            QgsProcessingParameterBoolean("EXAM", self.tr("Exam tiles"), defaultValue=False),
            self.tr("List the exam tiles that still need labels instead. They measure every model."),
        )
        self.add(
            QgsProcessingParameterFileDestination(
                "OUTPUT_HTML", self.tr("List"), self.tr("HTML files (*.html)"), optional=True
            ),
            self.tr("Where to save the list as a page to read or to print."),
        )
        self.add(
            QgsProcessingParameterFileDestination(
                "OUTPUT_JSON",
                self.tr("List for other programs"),
                self.tr("JSON files (*.json)"),
                optional=True,
                createByDefault=False,
            ),
            self.tr("Where to save the list as JSON, with everything that is known of each tile and its bounds."),
        )
        self.add(
            QgsProcessingParameterFeatureSink("OUTPUT", self.tr("Layer"), optional=True, createByDefault=False),
            self.tr("Where to save the squares of these tiles as a layer of their own, for example to hand out."),
        )
        self.addOutput(QgsProcessingOutputNumber("TILES_LISTED", self.tr("Number of tiles listed")))
        self.addOutput(QgsProcessingOutputString("TILES", self.tr("Ids of the tiles, separated by commas")))

    def read(self, parameters, context):
        self._folder = self.workspace_folder(parameters, context)
        self._count = self.whole_number_or_none(parameters, "COUNT", context)
        self._exam = self.parameterAsBool(parameters, "EXAM", context)
        self._html = self.path_or_none(parameters, "OUTPUT_HTML", context)
        self._json = self.path_or_none(parameters, "OUTPUT_JSON", context)
        self._file = destination_file(parameters.get("OUTPUT"), context)

    def work(self, feedback):
        from ...models.campaign.workspace import open_workspace
        from ...models.use_cases.next_tiles import next_tiles
        from ...models.use_cases.score import ROUND

        for path in (self._html, self._json, self._file):
            if path:
                check_place(path)
        workspace = open_workspace(self._folder)
        self._tiles = f"{workspace.campaign}|layername=tiles"
        return next_tiles(workspace, self._count or (None if self._exam else ROUND), exam=self._exam, now=now())

    def tell(self, result, parameters, context, feedback):
        for tile in result:
            feedback.pushInfo(f"{'' if tile.rank is None else tile.rank:>4}  {tile.tile_id}  {why(tile)}")
        if not result:
            feedback.pushInfo(self.tr("No tile waits for labels there."))
        outputs = {}
        if self._html:
            outputs["OUTPUT_HTML"] = _write(self._html, self._page(result))
        if self._json:
            outputs["OUTPUT_JSON"] = _write(self._json, json.dumps([asdict(tile) for tile in result], indent=1))
        layer = self._write_layer(result, parameters, context)
        if layer:
            outputs["OUTPUT"] = layer
        return {**outputs, "TILES_LISTED": len(result), "TILES": ",".join(tile.tile_id for tile in result)}

    def _page(self, queue):
        titles = [self.tr("Rank"), self.tr("Tile"), self.tr("Priority"), self.tr("Predicted IoU"), self.tr("Reason")]
        head = "".join(f"<th>{escape(title)}</th>" for title in titles)
        rows = "".join(_row(tile) for tile in queue)
        title = self.tr("Exam tiles to annotate") if self._exam else self.tr("Tiles to annotate next")
        return (
            f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
            f"<body><h1>{escape(title)}</h1><p>{escape(str(self._folder))}</p>"
            f'<table cellpadding="4"><tr align="left">{head}</tr>{rows}</table></body></html>'
        )

    def _write_layer(self, queue, parameters, context):
        """The squares as the tiles layer holds them, best first; gives the sink's name, or None without one."""
        tiles = style.unstyled(self._tiles, "tiles")
        sink, destination = self.parameterAsSink(
            parameters, "OUTPUT", context, tiles.fields(), tiles.wkbType(), tiles.crs()
        )
        if sink is None:
            return None
        features = {feature["tile_id"]: feature for feature in tiles.getFeatures()}
        for tile in queue:
            sink.addFeature(features[tile.tile_id], QgsFeatureSink.Flag.FastInsert)
        self._layer = destination
        return destination

    def postProcessAlgorithm(self, context, feedback):
        dress(context, getattr(self, "_layer", ""), style.TILES)
        return {}


def _row(tile):
    cells = [
        "" if tile.rank is None else str(tile.rank),
        tile.tile_id,
        "" if tile.priority is None else f"{tile.priority:.2f}",
        "" if tile.predicted_iou is None else f"{tile.predicted_iou:.2f}",
        why(tile),
    ]
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


def _write(path: Path, text: str) -> str:
    with appearing_whole(path) as beside:
        beside.write_text(text, encoding="utf-8")
    return str(path)
