"""tiletriage:new - open a campaign over one raster."""

from __future__ import annotations

from qgis.core import (
    QgsProcessingException,
    QgsProcessingOutputFolder,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBand,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ..messages import other_gsd
from .algorithm import WORKSPACE, EngineAlgorithm, now, polygons
from .sources import imagery_file, vector_file


class New(EngineAlgorithm):
    """Imagery -> the folder of a campaign."""

    def name(self):
        return "new"

    def displayName(self):
        return self.tr("New campaign")

    def group(self):
        return self.tr("Campaign")

    def groupId(self):
        return "campaign"

    def tags(self):
        return self.tr("workspace,imagery,tile grid,create").split(",")

    def story(self):
        return self.tr(
            "Opens a campaign over imagery in a new folder: lays the tile grid and takes a model to start from. The "
            "imagery stays where it is."
        )

    def initAlgorithm(self, configuration=None):
        whole = QgsProcessingParameterNumber.Type.Integer
        self.add(
            QgsProcessingParameterRasterLayer("IMAGERY", self.tr("Imagery")),
            self.tr("The georeferenced raster to be mapped, from a file on this computer. The file is not changed."),
        )
        self.add(
            QgsProcessingParameterFile(WORKSPACE, self.tr("Workspace"), QgsProcessingParameterFile.Behavior.Folder),
            self.tr("A new or empty folder, which becomes the campaign."),
        )
        self.add(
            QgsProcessingParameterFeatureSource("AREA", self.tr("Area of interest"), polygons(), optional=True),
            self.tr("Polygons in any CRS: only tiles that touch them count. Without it, the whole imagery."),
        )
        self.add(
            QgsProcessingParameterNumber(
                "GSD",
                self.tr("Ground sampling distance in metres"),
                QgsProcessingParameterNumber.Type.Double,
                optional=True,
                minValue=0.01,
                maxValue=100,
            ),
            self.tr("How much ground a pixel covers when the model looks at it. Without it, that of the imagery."),
        )
        self.add(
            QgsProcessingParameterNumber(
                "TILE_SIZE", self.tr("Tile size in pixels"), whole, defaultValue=256, minValue=32, maxValue=2048
            ),
            self.tr("Side of a tile, a multiple of 32. A tile is what is ranked, and annotated at once."),
        )
        self.add(
            QgsProcessingParameterBand(
                "BANDS", self.tr("Bands"), parentLayerParameterName="IMAGERY", optional=True, allowMultiple=True
            ),
            self.tr("The bands that the model sees: for buildings red, green and blue. Without it, all of them."),
        )
        self.add(
            QgsProcessingParameterString("CLASSES", self.tr("What is mapped"), optional=True),
            self.tr(
                "Names of classes with commas between them, for example water,field, or the path of a JSON file with "
                "names, colours and rules. Without it, buildings. Anything else starts from a model that has yet to "
                "learn it."
            ),
        )
        self.add(
            QgsProcessingParameterFile(
                "START", self.tr("Model to start from"), QgsProcessingParameterFile.Behavior.Folder, optional=True
            ),
            self.tr("The folder of another model version (card.json and weights). Without it, the model that ships."),
            is_advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber("EXAM_TILES", self.tr("Exam tiles"), whole, defaultValue=0, minValue=0),
            self.tr(
                "About how many tiles are set aside to measure every model, 20 or more to decide. Without them those "
                "measure it that fine-tuning holds out in turn."
            ),
            is_advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber("SEED", self.tr("Seed of chance"), whole, defaultValue=0, minValue=0),
            self.tr("The same number chooses the same exam tiles again."),
            is_advanced=True,
        )
        self.addOutput(QgsProcessingOutputFolder(WORKSPACE, self.tr("Workspace")))
        self.addOutput(QgsProcessingOutputNumber("TILES", self.tr("Number of tiles")))
        self.addOutput(QgsProcessingOutputNumber("EXAM_TILES", self.tr("Number of exam tiles")))

    def read(self, parameters, context):
        self._imagery = imagery_file(self, parameters, "IMAGERY", context)
        self._folder = self.workspace_folder(parameters, context)
        self._area = vector_file(self, parameters, "AREA", context)
        self._gsd_metres = self.number_or_none(parameters, "GSD", context)
        self._tile_size_px = self.parameterAsInt(parameters, "TILE_SIZE", context)
        if self._tile_size_px % 32:
            raise QgsProcessingException(
                self.tr("A tile size of {pixels} is no multiple of 32. Take 128, 256 or 512.").format(
                    pixels=self._tile_size_px
                )
            )
        self._bands = self.parameterAsInts(parameters, "BANDS", context) or None
        self._classes = self.text_or_none(parameters, "CLASSES", context)
        self._start = self.path_or_none(parameters, "START", context)
        self._exam_tiles = self.parameterAsInt(parameters, "EXAM_TILES", context)
        self._seed = self.parameterAsInt(parameters, "SEED", context)

    def work(self, feedback):
        from ...models.segmentation.class_list import read_classes
        from ...models.training.split import EXAM
        from ...models.use_cases.new import new

        workspace = new(
            self._folder,
            self._imagery,
            area=self._area,
            gsd_metres=self._gsd_metres,
            tile_size_px=self._tile_size_px,
            bands=self._bands,
            classes=read_classes(self._classes) if self._classes else (),
            start=self._start,
            exam_tiles=self._exam_tiles,
            seed=self._seed,
            now=now(),
        )
        with workspace.store() as store:
            return workspace, workspace.active_card(store), len(store.tiles()), len(store.tiles(EXAM))

    def tell(self, result, parameters, context, feedback):
        from ...models.use_cases.new import has_seen

        workspace, card, tiles, exam_tiles = result
        grid = workspace.grid
        if has_seen(card, workspace.imagery):
            feedback.pushWarning(
                self.tr(
                    "The model '{version}' was trained on this very imagery, so all its figures here flatter. For a "
                    "fair measurement start from a version that has not seen it."
                ).format(version=card.id)
            )
        if not card.knows_gsd(grid.gsd_metres):
            feedback.pushWarning(other_gsd(card, grid.gsd_metres))
        feedback.pushInfo(
            self.tr("The campaign is in {folder}: {tiles} tiles of {metres:.1f} m at {gsd:.3g} m a pixel.").format(
                folder=self._folder,
                tiles=tiles,
                metres=grid.tile_size_px * grid.gsd_metres,
                gsd=grid.gsd_metres,
            )
        )
        if exam_tiles:
            text = self.tr("{exam} of them are exam tiles. Annotate those first: they show whether a model is better.")
            feedback.pushInfo(text.format(exam=exam_tiles))
        return {WORKSPACE: str(self._folder), "TILES": tiles, "EXAM_TILES": exam_tiles}
