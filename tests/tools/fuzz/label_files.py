"""Files of polygons that are broken or lead elsewhere: formats, damaged tables, links, names, archives."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

import shapely

from tiletriage.tests.conftest import LEFT, TOP

from .case import Place, Rng, as_json, pick
from .labels import SQUARE, both, collection, feature, layer, polygon, write


@both
def deep_json(place: Place, rng: Rng) -> Path:
    depth = int(pick(rng, [100, 5000, 100_000]))
    whole = as_json({"type": "FeatureCollection", "features": [feature(polygon(SQUARE), deep="HERE")]})
    return write(
        place,
        pick(
            rng,
            [
                whole.replace('"HERE"', "[" * depth + "]" * depth),
                "[" * depth,
                '{"a":' * depth,
                whole.replace('"HERE"', '{"a":' * depth + "1" + "}" * depth),
            ],
        ),
    )


@both
def no_json(place: Place, rng: Rng) -> Path:
    whole = (place.input / "labels.geojson").read_text()
    text = pick(rng, ["", "{}", "[]", "null", '{"type":"FeatureCollection"}', '{"type":"FeatureCollection","features":null}', '{"type":"FeatureCollection","features":{}}',
                      whole[: len(whole) // 2], whole.replace("Polygon", "Point"), whole.replace('"features"', '"feature"'), whole + whole, "\ufeff" + whole,
                      whole.encode("utf-16").decode("latin-1"), '{"type":"Topology","objects":{}}', whole.replace("coordinates", "coordinates\ud800")])  # fmt: skip
    return write(place, str(text))


@both
def crs_link(place: Place, rng: Rng) -> Path:
    link = {
        "type": "link",
        "properties": {
            "href": pick(
                rng, [f"{place.url}/crs.wkt", f"file://{place.victim}/secret.txt", f"/vsicurl/{place.url}/crs"]
            ),
            "type": "ogcwkt",
        },
    }
    named = pick(
        rng,
        [
            f"{place.url}/def/crs/EPSG/0/4326",
            "http://www.opengis.net/def/crs/EPSG/0/4326",
            "urn:x",
            "",
            "EPSG:-1",
            "A" * 100_000,
            f"/vsicurl/{place.url}/x",
            "EPSG:999999",
            "EPSG:4978",
            "+proj=utm +zone=37 +nadgrids=" + place.url,
        ],
    )
    return collection(place, polygon(SQUARE), crs=pick(rng, [link, str(named), str(named), None, [], 5]))


@both
def remote_vector(place: Place, rng: Rng) -> Path:
    address = f"{place.url}/a.geojson"
    text = pick(rng, [
        f'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/vsicurl/{address}</SrcDataSource><GeometryType>wkbPolygon</GeometryType></OGRVRTLayer></OGRVRTDataSource>',
        f'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>{address}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>',
        f'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>WFS:{place.url}/wfs</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>',
        f'<OGRVRTDataSource><OGRVRTLayer name="drawn"><SrcDataSource>{place.victim}/drawn.gpkg</SrcDataSource><SrcSQL>DELETE FROM drawn</SrcSQL></OGRVRTLayer></OGRVRTDataSource>',
        f"<OGRWFSDataSource><URL>{place.url}/wfs</URL></OGRWFSDataSource>", f"<WFS_Capabilities version='1.1.0'><URL>{place.url}</URL></WFS_Capabilities>",
        f'<?xml version="1.0"?><OGRCSWDataSource><URL>{place.url}</URL></OGRCSWDataSource>', f'{{"links":[{{"rel":"data","href":"{place.url}/c"}}],"conformsTo":[]}}',
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><NetworkLink><Link><href>{place.url}/a.kml</href></Link></NetworkLink></kml>',
        f'{{"type":"gdal_streamed_alg","command_line":"gdal vector pipeline ! read /vsicurl/{address}"}}',
        f'<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xlink="http://www.w3.org/1999/xlink" xsi:schemaLocation="x {place.url}/a.xsd"><gml:featureMember><a><gml:geometryProperty xlink:href="{place.url}/a.gml#x"/></a></gml:featureMember></gml:FeatureCollection>',
    ])  # fmt: skip
    return write(place, str(text), f"hostile.{pick(rng, ['vrt', 'xml', 'geojson', 'gml', 'kml', 'json'])}")


@both
def gml(place: Place, rng: Rng) -> Path:
    """GML, whose driver keeps a .gfs beside it, resolves links and reads schemas."""
    entity = pick(
        rng,
        [
            "",
            f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{place.victim}/secret.txt">]>',
            '<!DOCTYPE l [<!ENTITY a "ha">'
            + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
            + "]>",
        ],
    )
    corners = " ".join(f"{x},{y}" for x, y in SQUARE)
    held = f'<gml:Polygon srsName="{pick(rng, ["EPSG:32737", "urn:ogc:def:crs:EPSG::32737", place.url + "/crs", ""])}"><gml:outerBoundaryIs><gml:LinearRing><gml:coordinates>{corners}</gml:coordinates></gml:LinearRing></gml:outerBoundaryIs></gml:Polygon>'
    text = f'<?xml version="1.0"?>{entity}<ogr:FeatureCollection xmlns:ogr="http://ogr.maptools.org/" xmlns:gml="http://www.opengis.net/gml"><gml:featureMember><ogr:a fid="1"><ogr:geometryProperty>{held}</ogr:geometryProperty><ogr:n>{"&e;" if entity else 1}</ogr:n></ogr:a></gml:featureMember></ogr:FeatureCollection>'
    return write(place, text, "hostile.gml")


@both
def several_layers(place: Place, rng: Rng) -> Path:
    path = place.input / "labels.gpkg"
    for name in pick(rng, [["b"], ["a\nb", "\x1b[31mred"], [f"l{number}" for number in range(40)], ["d"]]):
        layer(place, [shapely.box(LEFT, TOP - 9, LEFT + 9, TOP)], "labels.gpkg", layer=name)
    return path


@both
def elsewhere(place: Place, rng: Rng) -> Path:
    square = shapely.box(LEFT, TOP - 9, LEFT + 9, TOP)
    moved = shapely.affinity.translate(square, float(pick(rng, [1e7, 1e5, -1e9])), 0)
    return layer(
        place,
        [moved if rng.random() < 0.5 else square],
        crs=pick(rng, ["EPSG:32737", "EPSG:4326", "EPSG:3031", "EPSG:2056", None]),
    )


@both
def odd_place(place: Place, rng: Rng) -> Path:
    kind = pick(rng, ["fifo", "folder", "loop", "missing", "zero", "null", "empty"])
    path = place.input / "hostile.geojson"
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "empty":
        path.touch()
    elif kind != "missing":
        path.symlink_to({"loop": path, "zero": "/dev/zero", "null": "/dev/null"}[str(kind)])
    return path


@both
def fifo(place: Place, rng: Rng) -> Path:
    os.mkfifo(place.input / "hostile.gpkg")
    return place.input / "hostile.gpkg"


@both
def odd_name(place: Place, rng: Rng) -> Path:
    name = pick(rng, ["a\nb.gpkg", "a|b.gpkg", "\x1b[31mred.gpkg", os.fsdecode(b"caf\xe9.gpkg"), "x" * 250 + ".gpkg", "a{b}%s.gpkg", "a'b\"c;--.gpkg",
                      "a|layername=b.gpkg", "a\u202eb.gpkg", "{}.gpkg", "PG:x.gpkg", "a?b#c%20d.gpkg", "WFS:x.gpkg", "none", "a.exe"])  # fmt: skip
    shutil.copy(place.input / "labels.gpkg", place.input / str(name))
    return place.input / str(name)


@both
def archive(place: Place, rng: Rng) -> Path:
    """A zip with a shapefile's name inside that leads out of it, or one that unpacks to a gigabyte."""
    path = place.input / str(pick(rng, ["hostile.zip", "hostile.shz", "hostile.kmz", "hostile.gpkg.zip"]))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        if rng.random() < 0.5:
            packed.writestr("../../victim/planted.geojson", (place.input / "labels.geojson").read_bytes())
        else:
            packed.writestr("bomb.geojson", b'{"type":"FeatureCollection","features":[' + b" " * 300_000_000 + b"]}")
    return path
