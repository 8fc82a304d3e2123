import re
import sys

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from tiletriage.plugin import requirements
from tiletriage.tests.real_qgis import ROOT

OF_THE_COMMAND_LINE = {"click", "rich"}


@pytest.fixture
def dependencies():
    """Those of the project, as they are written there."""
    tomllib = pytest.importorskip("tomllib", reason="tomllib comes with Python 3.11")
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Puts a package of some version before all others, with the folder that tells its version or without."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def install(name, version=None):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
        monkeypatch.delitem(sys.modules, name, raising=False)
        if version:
            told = tmp_path / f"{name}-{version}.dist-info"
            told.mkdir()
            (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")

    return install


def test_where_everything_is_installed_nothing_is_missing():
    assert requirements.missing_packages() == []


def test_what_the_plugin_asks_for_is_what_the_project_depends_on(dependencies):
    of_the_plugin = [each for each in dependencies if re.match(r"\w+", each).group() not in OF_THE_COMMAND_LINE]
    assert sorted(requirements.REQUIREMENTS) == sorted(of_the_plugin)


def test_no_pyproj_of_the_series_that_ends_qgis_is_let_through(dependencies):
    (pyproj,) = (Requirement(each).specifier for each in dependencies if each.startswith("pyproj"))
    for version in ("3.7.dev0", "3.7.0", "3.7.2rc1", "3.7.2.post1", "3.7.9"):
        assert not pyproj.contains(version, prereleases=True)
    for version in ("3.4.0", "3.6.1", "3.8.0"):
        assert pyproj.contains(version)


@pytest.mark.parametrize("version", ["3.4", "3.3.1", "3.6.1", "3.7", "3.7.0", "3.7.2rc1", "3.8.0", "3.10", "4", "10.1"])
def test_versions_are_judged_as_pip_judges_them(version):
    judged = SpecifierSet(">=3.4,!=3.7.*").contains(version, prereleases=True)
    assert requirements.will_do("pyproj", version) is judged


def test_two_is_as_new_as_two_point_nought():
    assert requirements.will_do("shapely", "2") and requirements.will_do("torch", "2.2.0+cpu")
    assert requirements.will_do("segmentation-models-pytorch", "0.10") and not requirements.will_do("scipy", "1.7.3")


def test_a_package_that_is_too_old_is_missing_and_the_command_brings_a_newer_one(install):
    install("shapely", "1.8.5")
    assert requirements.missing_packages() == ["shapely"]
    text = requirements.how_to_install(["shapely"])
    assert "shapely 1.8.5 is too old: 2.0 or newer is needed." in text and "does not have" not in text
    assert text.endswith(' "shapely>=2.0"')


def test_a_package_that_ends_qgis_is_told_as_such(install):
    install("pyproj", "3.7.2rc1")
    assert requirements.missing_packages() == ["pyproj"]
    assert "pyproj 3.7.2rc1 cannot be used: 3.4 or newer is needed, but not 3.7." in requirements.how_to_install(
        ["pyproj"]
    )


def test_the_version_that_counts_is_that_of_the_folder_that_an_import_would_take(install):
    install("shapely")  # without saying its version, as some that come with QGIS; a newer one lies further behind
    assert requirements.installed_version("shapely") == ""
    assert requirements.missing_packages() == []


def test_a_folder_that_an_uninstallation_left_behind_is_no_package(tmp_path, monkeypatch):
    (tmp_path / "site" / "shapely").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "site")])
    monkeypatch.delitem(sys.modules, "shapely", raising=False)
    assert requirements.installed_version("shapely") is None


def test_a_missing_package_is_named_with_the_command_that_installs_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    assert requirements.missing_packages() == ["scikit-learn"]
    text = requirements.how_to_install(["scikit-learn"])
    assert "does not have: scikit-learn." in text
    assert re.search(r'-m pip install .*numpy==[\d.]+ "scikit-learn>=1.2"$', text)


def test_only_a_numpy_that_will_do_is_kept(monkeypatch):
    monkeypatch.setitem(sys.modules, "numpy", None)
    assert re.search(r'-m pip install [^=]*"numpy>=1.22"$', requirements.install_command(["numpy"]))


@pytest.mark.parametrize("is_virtual", [True, False])
def test_only_outside_of_a_virtual_environment_pip_installs_for_the_user(monkeypatch, is_virtual):
    monkeypatch.setattr(sys, "base_prefix", "/somewhere/else" if is_virtual else sys.prefix)
    assert ("--user" in requirements.how_to_install(["torch"])) is not is_virtual
