"""The guide works without a network and without scripts, and nothing in it leads nowhere."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from tiletriage.tests.real_qgis import ROOT

HELP = ROOT / "resources" / "help"
PAGES = sorted(HELP.glob("*.html"))
MOST_BYTES = 150_000


class Reader(HTMLParser):
    """Collects tags, and what they lead to."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.targets, self.undescribed = set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.tags.add(tag)
        self.targets += [values[name] for name in ("href", "src") if name in values]
        if tag == "img" and not values.get("alt"):
            self.undescribed.append(values["src"])


@pytest.fixture(params=PAGES, ids=lambda page: page.stem)
def page(request):
    return Reader(request.param.read_text(encoding="utf-8"))


def test_every_link_and_picture_of_a_page_is_there(page):
    assert [target for target in page.targets if "://" not in target and not (HELP / target).is_file()] == []


def test_a_page_runs_nothing_and_takes_nothing_from_the_network(page):
    assert not page.tags & {"script", "iframe", "object", "embed", "form"}
    assert [target for target in page.targets if "://" in target and "github.com/tiletriage" not in target] == []


def test_a_picture_is_described_for_those_who_cannot_see_it(page):
    assert page.undescribed == []


def test_every_page_is_reached_from_every_page(page):
    assert {other.name for other in PAGES} <= set(page.targets)


def test_no_picture_is_heavy_or_unused():
    used = {target for each in PAGES for target in Reader(each.read_text(encoding="utf-8")).targets}
    pictures = sorted((HELP / "pictures").iterdir())
    assert [each.name for each in pictures if each.stat().st_size > MOST_BYTES] == []
    assert [each.name for each in pictures if f"pictures/{each.name}" not in used] == []
