"""Virtual rasters (VRT): the files that one consists of, where it says nothing that leads anywhere else.

They are XML in which much can be written: code, pipelines, addresses of servers. What mosaics and warped rasters are
made of is allowed by name; whatever else stands in one is refused by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ..errors import ImageryError
from ..storage import limits

# a strict part of XML that every reader takes alike: no entities of its own, no CDATA, no processing instructions
TOKEN = re.compile(
    r"<(?P<name>[A-Za-z]\w*)(?P<attributes>(?:\s+[A-Za-z]\w*\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*)\s*(?P<end>/?)>"
    r"|</(?P<closed>[A-Za-z]\w*)\s*>|(?P<text>[^<>]+)|<!--(?:(?!-->)[^<>])*-->"
)
ATTRIBUTE = re.compile(r"([A-Za-z]\w*)\s*=\s*[\"']([^\"']*)[\"']")
DECLARATION = re.compile(r"\s*<\?xml\s[^<>?]*\?>")
# without KernelFilteredSource: a kernel whose size is no number ends the process
OF_MOSAICS = """
vrtdataset srs geotransform gcplist gcp metadata mdi blockxsize blockysize overviewlist maskband vrtrasterband
description unittype offset scale categorynames category colorinterp colortable entry nodatavalue hidenodatavalue
histograms histitem histmin histmax bucketcount includeoutofrange approximate histcounts simplesource complexsource
averagedsource nodatafrommasksource sourcefilename sourceband
sourceproperties srcrect dstrect scaleoffset scaleratio nodata lut colortablecomponent usemaskband
maskvaluethreshold remappedvalue exponent srcmin srcmax dstmin dstmax clamp
"""
OF_WARPED_RASTERS = """
gdalwarpoptions warpmemorylimit resamplealg workingdatatype option sourcedataset transformer approxtransformer
maxerror basetransformer genimgprojtransformer srcgeotransform srcinvgeotransform dstgeotransform dstinvgeotransform
reprojecttransformer reprojectiontransformer sourcesrs targetsrs options bandlist bandmapping srcnodatareal
srcnodataimag dstnodatareal dstnodataimag srcalphaband dstalphaband
"""
NAMES = frozenset((OF_MOSAICS + OF_WARPED_RASTERS).split())
FILES = {"sourcefilename", "sourcedataset"}
SUBCLASSES = {"", "vrtwarpeddataset", "vrtsourcedrasterband", "vrtwarpedrasterband"}
DEEPEST_ELEMENT = 20  # of a warped mosaic some eight lie within each other
ELSEWHERE = re.compile(r"://|/vsi|^\s*/", re.IGNORECASE)
ENTITY = re.compile(r"&(?:(\w+);)?")
ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}  # all that GDAL knows
DRIVE = re.compile(r"^[A-Za-z]:(?=[/\\])")


def sources_of(path: Path) -> list[Path]:
    """The files that a VRT reads, each once; all lie in its folder or below.

    Raises ImageryError where it is damaged or leads elsewhere.
    """
    sources: dict[tuple[str, str], Path] = {}  # each band names them anew
    folder = path.parent.resolve()
    for name, attributes, text in _elements(path):
        if attributes.get("subclass", "").casefold() not in SUBCLASSES:
            raise _refused(path, f"it is a {attributes['subclass']}")
        if name in FILES:
            named = text, attributes.get("relativetovrt", "0")
            sources[named] = sources.get(named) or _source(path, folder, *named)
        elif "srs" in name and ELSEWHERE.search(text):
            raise _refused(path, f"its CRS is to be read from '{text}'")
    return list(dict.fromkeys(sources.values()))


def _source(path: Path, folder: Path, text: str, relative_to_vrt: str) -> Path:
    """The file that an element names, by a path that is relative to the VRT or absolute; the VRT lies in a folder."""
    is_relative = relative_to_vrt == "1"
    source = path.parent / text
    try:
        is_below = folder in source.resolve().parents
    except (OSError, ValueError, RuntimeError):  # no such name can be, or links that lead in a circle
        is_below = False
    is_plain = ":" not in DRIVE.sub("", text) and not text.lower().startswith("/vsi")
    if not (is_plain and is_below and is_relative != Path(text).is_absolute()):
        raise _refused(path, f"it reads '{text}', and only files in its own folder or below are read")
    return source


def _elements(path: Path) -> Iterator[tuple[str, dict[str, str], str]]:
    """Name, attributes and first text of every element, names in lower case, as GDAL compares them."""
    content = _content(path)
    declaration = DECLARATION.match(content)
    place = declaration.end() if declaration else 0
    opened: list[str] = []
    current: tuple[str, dict[str, str], str] | None = None
    while place < len(content):
        token = TOKEN.match(content, place)
        if token is None:
            raise _refused(path, "its XML is damaged, or holds what no mosaic needs")
        place = token.end()
        if token["text"] and current:
            current = (*current[:2], current[2] + _unescaped(path, token["text"]))
        elif token["name"]:
            if current:
                yield current
            name, known = token["name"].casefold(), ATTRIBUTE.findall(token["attributes"])
            if name not in NAMES:
                raise _refused(path, f"it holds '{token['name']}'")
            current = name, {key.casefold(): _unescaped(path, value) for key, value in known}, ""
            if len(current[1]) < len(known) or len(opened) > DEEPEST_ELEMENT or FILES.intersection(opened):
                raise _refused(path, "its XML is damaged")
            if not token["end"]:
                opened.append(name)
        elif token["closed"] and (not opened or opened.pop() != token["closed"].casefold()):
            raise _refused(path, "its XML is damaged")
        elif token["closed"] and current:
            yield current
            current = None
    if opened:
        raise _refused(path, "its XML is not complete")


def _unescaped(path: Path, text: str) -> str:
    """A text as GDAL reads it, so that what is checked is what is opened."""
    if "&" not in text:
        return text
    if not ENTITIES.keys() >= set(ENTITY.findall(text)):
        raise _refused(path, "its XML is damaged, or holds what no mosaic needs")
    return ENTITY.sub(lambda entity: ENTITIES[entity[1]], text)


def _content(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(limits.LARGEST_VRT_BYTES + 1)
        if len(content) > limits.LARGEST_VRT_BYTES:
            raise _refused(path, f"it is larger than {limits.LARGEST_VRT_BYTES >> 20} MB")
        return content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _refused(path, str(error)) from error


def _refused(path: Path, why: str) -> ImageryError:
    return ImageryError(
        "vrt-refused",
        "The virtual raster {name} is not read: {why}. Turn it into a plain file: gdal_translate {name} {tif}, or in "
        "QGIS: right-click the layer > Export > Save As.",
        name=path.name,
        why=why,
        tif=path.with_suffix(".tif").name,
    )
