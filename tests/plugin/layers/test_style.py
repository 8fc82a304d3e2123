import re

import pytest
from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsGeometry,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QTranslator
from qgis.PyQt.QtWidgets import QApplication

from tiletriage.models.campaign.queue_layer import QueuedTile
from tiletriage.models.priority.ranking_reason import CODES, RankingReason
from tiletriage.plugin.layers import style
from tiletriage.plugin.messages import why

FIELDS = "tile_id:string, split:string, state:string, rank:integer, priority:double, predicted_iou:double"
QUEUED = {
    **dict.fromkeys(("priority", "predicted_iou", "uncertainty", "novelty", "bounds", "crs")),
    "tile_id": "r001_c002",
    "rank": 3,
    "split": "training",
    "state": "pool",
}
RAMP = [(45, 13, 82), (122, 28, 109), (191, 57, 82), (237, 105, 37), (252, 196, 65)]


@pytest.fixture
def tiles(qgis_new_project):
    fields = "&".join(f"field={field}" for field in FIELDS.split(", "))
    layer = QgsVectorLayer(f"Polygon?crs=EPSG:32737&{fields}&field=reason:string&field=annotator:string", "t", "memory")
    style.dress(layer, style.TILES)
    return layer


def feature_of(layer, **values):
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(0, 0, 32, 32)))
    for name, value in values.items():
        feature[name] = value
    return feature


def tip(layer, feature):
    context = QgsExpressionContext()
    context.appendScopes(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(feature)
    text = QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)
    assert "[%" not in text
    return [line.strip() for line in re.sub(r"</?b>", "", text).replace("\n", "").split("<br>") if line.strip()]


@pytest.fixture
def drawn(picture):
    """The colour in the middle of a tile that is shown alone and small."""

    def drawn(layer, **values):
        layer.dataProvider().truncate()
        layer.dataProvider().addFeature(feature_of(layer, **values))
        return picture([layer], (0, 0, 320, 320)).pixelColor(6, 194)

    return drawn


def test_every_style_that_ships_can_be_loaded(qgis_new_project):
    for name in (style.TILES, style.FOOTPRINTS, style.DRAFTS, style.DRAWING):
        _, is_loaded = QgsVectorLayer("Polygon", "any", "memory").loadNamedStyle(str(style.STYLES / name))
        assert is_loaded, name


@pytest.mark.parametrize("fifth", range(5))
def test_the_priority_of_a_waiting_tile_is_its_colour(drawn, tiles, fifth):
    colour = drawn(tiles, priority=fifth / 5 + 0.1, state="pool", split="training")
    assert (colour.red(), colour.green(), colour.blue()) == pytest.approx(RAMP[fifth], abs=3)


def test_the_ramp_gets_lighter_evenly_so_that_it_reads_without_colours():
    luminance = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in RAMP]
    steps = [later - earlier for earlier, later in zip(luminance, luminance[1:])]
    assert min(steps) > 20


def test_what_is_more_urgent_is_more_opaque(drawn, tiles):
    opacities = [drawn(tiles, priority=0.1 + n / 5, state="pool", split="training").alpha() for n in range(5)]
    assert opacities == sorted(opacities)
    assert opacities[0] < 80


@pytest.mark.parametrize("state", ["done", "empty", "skipped", "bad imagery"])
def test_a_tile_that_does_not_wait_shows_its_state_and_not_its_last_priority(drawn, tiles, state):
    colour = drawn(tiles, priority=1, rank=1, state=state, split="training")
    assert colour.alpha() > 0
    assert (colour.red(), colour.green(), colour.blue()) != pytest.approx(RAMP[4], abs=30)


def test_no_two_states_look_the_same(picture, tiles):
    states = [("pool", "training"), ("done", "training"), ("empty", "training"), ("skipped", "training")]
    states += [("bad imagery", "training"), ("in progress", "training"), ("pool", "exam"), ("done", "exam")]
    seen = set()
    for state, split in states:
        tiles.dataProvider().truncate()
        tiles.dataProvider().addFeature(feature_of(tiles, state=state, split=split))
        image = picture([tiles], (-5, -5, 60, 60))
        seen.add(bytes(image.constBits().asstring(image.sizeInBytes())))
    assert len(seen) == len(states)


def test_seen_from_close_by_nothing_covers_the_imagery(picture, tiles):
    tiles.dataProvider().addFeature(feature_of(tiles, priority=1, rank=1, state="pool", split="training"))
    assert picture([tiles], (8, 8, 24, 24)).pixelColor(40, 40).alpha() == 0
    assert picture([tiles], (-40, -40, 72, 72)).pixelColor(100, 100).alpha() > 0


def test_the_tip_of_a_tile_gives_rank_state_reason_and_expected_iou(tiles):
    values = {"tile_id": "r001_c002", "rank": 3, "state": "pool", "split": "training", "priority": 0.9}
    reason = RankingReason("margin", 0.234, 0.9).to_json()
    feature = feature_of(tiles, **values, reason=reason, predicted_iou=0.416)
    assert tip(tiles, feature) == [
        "rank 3 &middot; tile r001_c002",
        "waits to be annotated",
        "the model is unsure here (margin 0.23)",
        "nothing like it is labelled yet",
        "expected IoU 0.42",
    ]


@pytest.mark.parametrize("novelty", [None, 0.0, 1 / 3, 0.5, 2 / 3, 0.8, 1.0])
@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("mapped", [None, "road"])
def test_the_tip_gives_every_reason_in_the_same_words_as_the_dock(tiles, code, novelty, mapped):
    reason = RankingReason(code, None if code in ("coverage", "chance") else 0.25, novelty, mapped)
    values = {"tile_id": "r001_c002", "rank": 3, "state": "pool", "split": "training"}
    lines = tip(tiles, feature_of(tiles, **values, reason=reason.to_json(), predicted_iou=0.4))
    assert ", and ".join(lines[2:4]) == why(QueuedTile(**QUEUED, reason=reason))


def test_a_class_is_never_taken_for_markup(tiles):
    reason = RankingReason("margin", 0.25, None, "<b>wet & cold</b>").to_json()
    values = {"tile_id": "r001_c002", "rank": 3, "state": "pool", "split": "training"}
    assert "&lt;b&gt;wet &amp; cold&lt;/b&gt;" in tip(tiles, feature_of(tiles, **values, reason=reason))[2]


def test_the_tip_passes_over_a_reason_from_before_there_were_codes(tiles):
    values = {"tile_id": "r001_c002", "rank": 3, "state": "pool", "split": "training"}
    feature = feature_of(tiles, **values, reason="expected IoU 0.31, and nothing is labelled yet", predicted_iou=0.4)
    assert tip(tiles, feature)[1:] == ["waits to be annotated", "expected IoU 0.40"]


def test_the_tip_of_a_finished_tile_says_who_finished_it(tiles):
    values = {"tile_id": "r001_c002", "rank": 3, "state": "empty", "split": "training", "annotator": "ana"}
    feature = feature_of(tiles, **values, predicted_iou=0.4, reason=RankingReason("chance", None, 0.5).to_json())
    expected = ["tile r001_c002", "empty: nothing to map there", "expected IoU 0.40", "annotated by ana"]
    assert tip(tiles, feature) == expected


def test_the_tip_while_scoring_and_before_it(tiles):
    painted = feature_of(tiles, tile_id="r001_c002", state="pool", priority=0.5)
    assert tip(tiles, painted)[1] == "scored just now: its rank comes when all tiles are scored"
    new = feature_of(tiles, tile_id="r001_c002", state="pool", split="training")
    assert tip(tiles, new) == ["tile r001_c002", "not scored yet"]


def test_footprints_say_who_has_drawn_them(qgis_new_project):
    fields = "field=origin:string&field=annotator:string&field=tile_id:string"
    layer = QgsVectorLayer(f"Polygon?crs=EPSG:32737&{fields}", "footprints", "memory")
    style.dress(layer, style.FOOTPRINTS)
    feature = feature_of(layer, origin="human", annotator="ana", tile_id="r001_c002")
    assert tip(layer, feature)[:2] == ["drawn by ana", "tile r001_c002"]


def test_predicted_footprints_say_their_confidence(qgis_new_project):
    fields = "field=confidence:double&field=version:string"
    layer = QgsVectorLayer(f"Polygon?crs=EPSG:32737&{fields}", "predicted", "memory")
    style.dress(layer, style.FOOTPRINTS)
    assert tip(layer, feature_of(layer, confidence=0.876, version="v002"))[:2] == [
        "drawn by the model v002",
        "confidence 0.88",
    ]


def test_every_phrase_of_the_styles_can_be_translated():
    said = set()
    for path in style.STYLES.glob("*.qml"):
        text = path.read_text(encoding="utf-8")
        said |= set(re.findall(r"/\*tr\*/'([^']*)'", text)) | set(re.findall(r'<rule [^>]*label="([^"]*)"', text))
    assert said == set(style.PHRASES)


class InFrench(QTranslator):
    def translate(self, context, text, *_):
        return {"rank": "rang de l'ordre", "done": "terminé"}.get(text) if context == "styles" else None


def test_styles_speak_the_language_of_the_user(tiles):
    french = InFrench()
    QApplication.installTranslator(french)
    try:
        style.dress(tiles, style.TILES)
    finally:
        QApplication.removeTranslator(french)
    assert "terminé" in [rule.label() for rule in tiles.renderer().rootRule().children()]
    feature = feature_of(tiles, tile_id="r001_c002", rank=1, state="pool")
    assert tip(tiles, feature)[0] == "rang de l'ordre 1 &middot; tile r001_c002"


def test_peoples_footprints_among_predicted_ones_are_blue_the_models_redder_the_less_sure(picture, qgis_new_project):
    fields = "field=origin:string&field=confidence:double&field=version:string"
    layer = QgsVectorLayer(f"Polygon?crs=EPSG:32737&{fields}", "predicted", "memory")
    style.dress(layer, style.FOOTPRINTS)
    rows = [
        {"origin": "human"},
        {"origin": "model", "version": "v001"},  # an accepted draft
        {"origin": "model", "version": "v002", "confidence": 0.9},
        {"origin": "model", "version": "v002", "confidence": 0.6},
        {"origin": "model", "version": "v002", "confidence": 0.2},
    ]
    for number, row in enumerate(rows):
        feature = feature_of(layer, **row)
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(40 * number + 5, 10, 40 * number + 35, 190)))
        layer.dataProvider().addFeature(feature)
    image = picture([layer], (0, 0, 200, 200))
    colours = [image.pixelColor(40 * number + 20, 100) for number in range(5)]
    assert colours[0].blue() > colours[0].red() and colours[0].alpha() > 0
    assert all(colour.red() > colour.blue() and colour.alpha() > 0 for colour in colours[1:])
    assert colours[3].alpha() < colours[2].alpha()
    assert colours[4].green() < colours[3].green()
    assert tip(layer, feature_of(layer, **rows[0]))[0] == "drawn by a person"
    assert tip(layer, feature_of(layer, **rows[1]))[0] == "drawn by the model v001"


EVIL = '<img src="http://127.0.0.1/x">&lt;b>'
SAFE = '&lt;img src="http://127.0.0.1/x"&gt;&amp;lt;b&gt;'


def raw_tip(layer, **values):
    context = QgsExpressionContext()
    context.appendScopes(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(feature_of(layer, **values))
    return QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)


def test_what_somebody_wrote_into_a_tile_is_shown_as_text_and_not_as_a_page(tiles):
    values = {"state": "done", "split": "training", "predicted_iou": 0.5}
    shown = raw_tip(tiles, tile_id=EVIL, annotator=EVIL, reason=f'{{"code": "{EVIL[:4]}"}}', **values)
    assert shown.count(SAFE) == 2
    assert "<img" not in shown
    waiting = raw_tip(tiles, tile_id=EVIL, reason='{"code": "entropy", "value": "<img>"}', state="pool", rank=1)
    assert "<img" not in waiting


def test_what_somebody_wrote_into_a_footprint_is_shown_as_text_and_not_as_a_page(qgis_new_project):
    fields = "&".join(f"field={name}:string" for name in ("origin", "annotator", "tile_id", "model_version", "version"))
    layer = QgsVectorLayer(f"Polygon?crs=EPSG:32737&{fields}", "f", "memory")
    style.dress(layer, style.FOOTPRINTS)
    for values in (
        {"origin": "human", "annotator": EVIL, "tile_id": EVIL},
        {"origin": "model", "model_version": EVIL, "tile_id": EVIL},
        {"origin": "model", "version": EVIL, "tile_id": EVIL},
    ):
        shown = raw_tip(layer, **values)
        assert shown.count(SAFE) == 2
        assert "<img" not in shown
