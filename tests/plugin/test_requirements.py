import re
import sys

import pytest

from tiletriage.plugin import requirements
from tiletriage.tests.real_qgis import ROOT


def test_where_everything_is_installed_nothing_is_missing():
    assert requirements.missing_packages() == []


def test_the_packages_are_those_of_the_engine():
    tomllib = pytest.importorskip("tomllib", reason="tomllib comes with Python 3.11")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    dependencies = {re.match(r"[\w-]+", dependency).group() for dependency in project["dependencies"]}
    of_the_command_line = {"click", "rich"}
    assert set(requirements.PACKAGES.values()) == dependencies - of_the_command_line


def test_a_missing_package_is_named_with_the_command_that_installs_it(monkeypatch):
    monkeypatch.setattr(requirements, "find_spec", lambda module: None if module == "sklearn" else module)
    assert requirements.missing_packages() == ["scikit-learn"]
    text = requirements.how_to_install(["scikit-learn"])
    assert re.search(r"-m pip install .*numpy==[\d.]+ scikit-learn$", text)


@pytest.mark.parametrize("is_virtual", [True, False])
def test_only_outside_of_a_virtual_environment_pip_installs_for_the_user(monkeypatch, is_virtual):
    monkeypatch.setattr(sys, "base_prefix", "/somewhere/else" if is_virtual else sys.prefix)
    assert ("--user" in requirements.how_to_install(["torch"])) is not is_virtual
