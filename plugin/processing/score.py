"""tiletriage:score - every tile gets a priority and a reason."""

from __future__ import annotations

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingOutputRasterLayer,
    QgsProcessingOutputString,
    QgsProcessingOutputVectorLayer,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ...models.choices import ENOUGH, bands_of
from ...models.jobs import drive
from ...models.storage.output_paths import check_place
from ..layers import style
from ..messages import map_quality_in_words
from .algorithm import EngineAlgorithm, now
from .project_layers import show

AUTOMATIC = "automatic"
# written down, as the engine's own table needs its packages
STRATEGIES = (
    *("map-gain", "balanced", "uncertain-k-means", "p2", "p1", "active-ft", "active-ft-paper"),
    *("entropy", "margin", "k-centre", "k-means", "random"),
)


class Score(EngineAlgorithm):
    """A campaign -> its tiles layer and its heatmap."""

    def name(self):
        return "score"

    def displayName(self):
        return self.tr("Score tiles")

    def group(self):
        return self.tr("Annotation")

    def groupId(self):
        return "annotation"

    def tags(self):
        return self.tr("heatmap,priority,active learning,rank,uncertainty").split(",")

    def story(self):
        return self.tr(
            "Says of every tile how much annotating it is worth, to the map and to the model, and why: as priority, "
            "rank and reason in the tiles layer, and as a heatmap. Only tiles that the active version has not seen yet "
            "are computed."
        )

    def initAlgorithm(self, configuration=None):
        whole = QgsProcessingParameterNumber.Type.Integer
        self.add_workspace()
        self.add(
            QgsProcessingParameterEnum(
                "STRATEGY",
                self.tr("Strategy"),
                [AUTOMATIC, *STRATEGIES],
                defaultValue=AUTOMATIC,
                usesStaticStrings=True,
            ),
            self.tr(
                "How tiles are ranked. Automatic: half a round from the tiles that are expected to mend and to teach "
                "most by the minute, the other half drawn by lot, so that the same tiles tell how good the map is "
                "(map-gain)."
            ),
        )
        self.add(
            QgsProcessingParameterNumber(
                "COUNT", self.tr("Tiles of the next round"), whole, defaultValue=10, minValue=1
            ),
            self.tr("So many tiles are chosen as a set, not one by one: annotate that many before you score again."),
        )
        self.add(
            QgsProcessingParameterFileDestination(
                "PNG",
                self.tr("Picture of the heatmap"),
                self.tr("PNG files (*.png)"),
                optional=True,
                createByDefault=False,
            ),
            self.tr(
                "Where to save the heatmap over the imagery, with a legend, for a report or a message to the team."
            ),
        )
        self.add(
            QgsProcessingParameterString("PNG_BANDS", self.tr("Bands that the picture shows"), optional=True),
            self.tr(
                "By number or name, for example 4,3,2. Without them true colour, where the raster names its bands."
            ),
            is_advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber("SEED", self.tr("Seed of chance"), whole, defaultValue=0, minValue=0),
            self.tr("The same number gives the same ranking again."),
            is_advanced=True,
        )
        self.addOutput(QgsProcessingOutputVectorLayer("TILES", self.tr("Tiles")))
        self.addOutput(QgsProcessingOutputRasterLayer("HEATMAP", self.tr("Heatmap")))
        self.addOutput(QgsProcessingOutputString("VERSION", self.tr("Model version")))
        self.addOutput(QgsProcessingOutputString("STRATEGY_USED", self.tr("Strategy used")))
        self.addOutput(QgsProcessingOutputNumber("TILES_SCORED", self.tr("Number of tiles with a score")))
        self.addOutput(QgsProcessingOutputNumber("NEW_TILES", self.tr("Number of tiles computed now")))
        self.addOutput(QgsProcessingOutputNumber("BAD_TILES", self.tr("Number of tiles without a picture")))

    def read(self, parameters, context):
        self._folder = self.workspace_folder(parameters, context)
        strategy = self.parameterAsEnumString(parameters, "STRATEGY", context)
        self._strategy = None if strategy == AUTOMATIC else strategy
        self._count = self.parameterAsInt(parameters, "COUNT", context)
        self._png = self.path_or_none(parameters, "PNG", context)
        self._png_bands = bands_of(self.text_or_none(parameters, "PNG_BANDS", context))
        self._seed = self.parameterAsInt(parameters, "SEED", context)

    def work(self, feedback):
        from ...models.campaign.workspace import open_workspace
        from ...models.use_cases.score import draw_heatmap, score, shown_imagery

        workspace = open_workspace(self._folder)
        if self._png:
            check_place(self._png, [workspace.imagery.path])
            shown_imagery(workspace, self._png_bands)  # or scoring would take its hours before a wrong band is told
        job = score(workspace, strategy=self._strategy, count=self._count, seed=self._seed, now=now())
        scored = drive(job, feedback)
        if self._png:
            draw_heatmap(workspace, self._png, self._png_bands)
        self._tiles = f"{workspace.campaign}|layername=tiles"
        return scored

    def tell(self, result, parameters, context, feedback):
        feedback.pushInfo(
            self.tr("{tiles} tiles, {new} of them computed now by version {version}, in {seconds:.0f} s.").format(
                tiles=result.tiles, new=result.new_tiles, version=result.version, seconds=result.seconds
            )
        )
        if result.bad_tiles:
            feedback.pushInfo(
                self.tr("{bad} tiles hold no picture and are left out (bad imagery).").format(bad=result.bad_tiles)
            )
        feedback.pushInfo(self.tr("Strategy: {strategy}.").format(strategy=result.strategy))
        if result.quality:
            feedback.pushInfo(
                self.tr(
                    "The predicted IoU is off by {mae:.2f} on average, measured on {labels} annotated tiles; rank "
                    "correlation {rho:.2f}."
                ).format(mae=result.quality.mae, labels=result.quality.labels, rho=result.quality.rho)
            )
        if result.map:
            feedback.pushInfo(map_quality_in_words(result.map, ENOUGH))
        outputs = {"PNG": str(self._png)} if self._png else {}
        return {
            **outputs,
            "TILES": self._tiles,
            "HEATMAP": str(result.heatmap),
            "VERSION": result.version,
            "STRATEGY_USED": result.strategy,
            "TILES_SCORED": result.tiles - result.bad_tiles,
            "NEW_TILES": result.new_tiles,
            "BAD_TILES": result.bad_tiles,
        }

    def postProcessAlgorithm(self, context, feedback):
        show(context, self._tiles, self.tr("Tiles"), "TILES", style.TILES)
        return {}
