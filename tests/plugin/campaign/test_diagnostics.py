import sys

import pytest

from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.models.version import version
from tiletriage.plugin.campaign.diagnostics import report


def test_the_report_names_programs_packages_and_disk_without_a_campaign(qgis_app):
    lines = dict(line.split(": ", 1) for line in report().splitlines())
    assert lines["Tile Triage"] == version()
    assert {"QGIS", "Qt", "Python", "System", "Processor", "Device", "Free disk", "torch", "geopandas"} <= set(lines)
    assert lines["Speed"] == "not measured"


def test_the_report_tells_of_the_open_campaign(qgis_app, tiny_workspace):
    text = report(open_workspace(tiny_workspace), speed="9.5 tiles a second on cpu")
    assert f"Campaign: {tiny_workspace}" in text
    assert "Grid: 8 x 3 tiles of 64 px at 0.5 m" in text
    assert "Active version: tiny" in text and "Speed: 9.5 tiles a second on cpu" in text


@pytest.mark.parametrize(("module", "package"), [("torch", "torch"), ("sklearn", "scikit-learn")])
def test_what_is_missing_is_named(qgis_app, monkeypatch, module, package):
    monkeypatch.setitem(sys.modules, module, None)
    assert f"{package}: MISSING" in report()
