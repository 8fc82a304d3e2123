"""The dock: the campaign's name, what is running, and a page for each step of the loop."""

from __future__ import annotations

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...models.choices import ADAPTER_SUFFIX
from ..messages import as_tooltip
from ..settings import remember_folder
from .annotate_actions import AnnotateActions
from .annotate_panel import AnnotatePanel
from .preconditions import no_campaign
from .predict_panel import PredictPanel
from .score_panel import ScorePanel
from .start_page import StartPage
from .train_panel import TrainPanel
from .widgets import NameLabel, allow, icon
from .work_bar import WorkBar

START, SCORE, ANNOTATE, TRAIN, PREDICT = range(5)
NARROWEST_PX = 280


class TileTriageDock(QgsDockWidget):
    """Start, score, annotate, train, predict; where QGIS puts it, it stays."""

    guide_wanted = pyqtSignal()

    def __init__(self, session, parent=None):
        super().__init__("Tile Triage", parent)
        self.setObjectName("TileTriageDock")  # by which QGIS remembers its place
        self._session = session
        self.annotate_actions = AnnotateActions(session, self)
        self._name = NameLabel(self)
        self._pages = QStackedWidget(self)
        self._pages.setObjectName("pages")
        self._steps = QButtonGroup(self)
        self.setWidget(self._lay_out())
        self.setAcceptDrops(True)
        self._pages.currentChanged.connect(lambda page: self._steps.button(page).setChecked(True))
        session.workspace_changed.connect(self._begin)
        self._begin()

    def show_page(self, page):
        self._pages.setCurrentIndex(page)

    def prefer_imagery(self, layer):
        """The user has clicked on a layer."""
        self._start.new_campaign.prefer_imagery(layer)

    def dragEnterEvent(self, event):
        """The file of an adapter may be dropped anywhere."""
        if _adapters_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event):
        """Into the campaign that is open, or to begin a new one with."""
        event.acceptProposedAction()
        path, *_ = _adapters_in(event.mimeData())
        if self._session.is_open:
            self._session.import_adapter(path)
        else:
            self._start.new_campaign.begin_with(path)
            self.show_page(START)

    def _begin(self):
        """Another campaign, or none."""
        session = self._session
        self._name.setText(session.name if session.is_open else self.tr("No campaign"))
        self._name.setToolTip(as_tooltip(str(session.folder)) if session.is_open else "")
        allow(self._whole, self.tr("Show the whole campaign on the map"), no_campaign(session))
        if not session.is_open:
            self.show_page(START)
            return
        remember_folder(session.folder)
        if self._pages.currentIndex() == START:
            self.show_page(SCORE)

    def _annotate_first(self):
        self.show_page(ANNOTATE)
        self._session.annotate_exam(False)
        self._session.next_tile()

    def _lay_out(self):
        content = QWidget(self)
        content.setMinimumWidth(NARROWEST_PX)
        self._start = StartPage(self._session, content)
        score = ScorePanel(self._session, content)
        score.first_tile_wanted.connect(self._annotate_first)
        pages = (
            (self._start, self.tr("Start"), "mActionFileOpen", self.tr("Begin or open a campaign")),
            (score, self.tr("Score"), "heatmap", self.tr("Find out which tiles to annotate next")),
            (
                AnnotatePanel(self._session, self.annotate_actions, content),
                self.tr("Annotate"),
                "mActionToggleEditing",
                self.tr("Draw what one tile after the other shows"),
            ),
            (
                TrainPanel(self._session, content),
                self.tr("Train"),
                "processingAlgorithm",
                self.tr("Let the model learn from the tiles that you have annotated"),
            ),
            (
                PredictPanel(self._session, content),
                self.tr("Predict"),
                "mActionCapturePolygon",
                self.tr("Let the model draw the rest"),
            ),
        )
        column = QVBoxLayout(content)
        column.setContentsMargins(4, 4, 4, 4)
        column.addLayout(self._header())
        column.addLayout(self._step_bar(pages))
        column.addWidget(WorkBar(self._session, content))
        column.addWidget(self._pages, 1)
        return content

    def _header(self):
        font = self._name.font()
        font.setBold(True)
        self._name.setFont(font)
        self._whole = self._header_button("showCampaign", "mActionZoomFullExtent", self._session.show_campaign)
        guide = self._header_button("guideButton", "mActionHelpContents", self.guide_wanted.emit)
        guide.setToolTip(self.tr("Read the guide: one short page for each step"))
        row = QHBoxLayout()
        row.addWidget(self._name, 1)
        row.addWidget(self._whole)
        row.addWidget(guide)
        return row

    def _header_button(self, name, icon_name, clicked):
        made = QToolButton(self)
        made.setObjectName(name)
        made.setIcon(icon(icon_name))
        made.setAutoRaise(True)
        made.clicked.connect(lambda: clicked())
        return made

    def _step_bar(self, pages):
        small = self.font()
        small.setPointSizeF(0.8 * small.pointSizeF())
        row = QHBoxLayout()
        row.setSpacing(0)
        for number, (page, name, icon_name, tooltip) in enumerate(pages):
            self._pages.addWidget(page)
            step = QToolButton(self)
            step.setObjectName(f"step{number}")
            step.setText(name)
            step.setIcon(icon(icon_name))
            step.setIconSize(QSize(20, 20))
            step.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            step.setToolTip(tooltip)
            step.setCheckable(True)
            step.setAutoRaise(True)
            step.setFont(small)
            step.setMinimumWidth(40)
            step.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._steps.addButton(step, number)
            row.addWidget(step, 1)
        self._steps.button(START).setChecked(True)
        self._steps.buttonClicked.connect(lambda step: self.show_page(self._steps.id(step)))
        return row


def _adapters_in(dragged):
    """The paths of adapters among the files that are dragged."""
    paths = (url.toLocalFile() for url in dragged.urls())
    return [path for path in paths if path.lower().endswith(ADAPTER_SUFFIX)]
