"""Rasters that lead elsewhere: to servers, other files, code and devices, by source, sidecar or name."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import rasterio

from tiletriage.tests.conftest import LEFT, TOP

from .case import Place, Rng, Words, damaged, pick
from .rasters import GROUND, HEIGHT, UTM, WIDTH, file, raster, vrt, write


@raster.refused
def remote_source(place: Place, rng: Rng) -> Path:
    address = f"{place.url}/a.tif"
    source = pick(rng, [f"/vsicurl/{address}", address, f"/vsicurl_streaming/{address}", f"/vsizip//vsicurl/{address}.zip/a.tif",
                        f"/vsigzip//vsicurl/{address}.gz", f"WMS:{place.url}/wms?SERVICE=WMS&amp;LAYERS=a", f"/vsicached?file=/vsicurl/{address}",
                        f"/vsicurl?url={address}&amp;use_head=no", f"vrt:///vsicurl/{address}", f"COG:/vsicurl/{address}", f"GTIFF_DIR:1:/vsicurl/{address}",
                        "/vsis3/bucket/a.tif", "/vsigs/bucket/a.tif", f"WMTS:{place.url}/wmts", f"HTTP:{address}", f"ZARR:/vsicurl/{address}"])  # fmt: skip
    return vrt(place, str(source), name=str(pick(rng, ["hostile.vrt", "hostile.tif"])))


@raster
def remote_behind_files(place: Place, rng: Rng) -> Path:
    """Remote sources two files deep, in a sidecar, in an overview or in a mask."""
    inner = vrt(place, f"/vsicurl/{place.url}/a.tif", name="inner.vrt")
    kind = pick(rng, ["nested", "overview", "mask", "sidecar", "warped"])
    if kind == "nested":
        return vrt(place, "inner.vrt")
    if kind == "sidecar":
        file(place, f'<PAMDataset><Metadata domain="OVERVIEWS"><MDI key="OVERVIEW_FILE">/vsicurl/{place.url}/o.ovr</MDI></Metadata></PAMDataset>',
             "hostile.tif.aux.xml")  # fmt: skip
        return write(place)
    if kind == "warped":
        return file(place, f'<VRTDataset subClass="VRTWarpedDataset" rasterXSize="9" rasterYSize="9"><VRTRasterBand band="1" subClass="VRTWarpedRasterBand"/><GDALWarpOptions><SourceDataset>{inner}</SourceDataset></GDALWarpOptions></VRTDataset>', "hostile.vrt")  # fmt: skip
    tag = "Overview" if kind == "overview" else "MaskBand"
    path = vrt(place)
    held = f"<Overview><SourceFilename>{inner}</SourceFilename><SourceBand>1</SourceBand></Overview>"
    if tag == "MaskBand":
        held = f'<MaskBand><VRTRasterBand dataType="Byte"><SimpleSource><SourceFilename>{inner}</SourceFilename></SimpleSource></VRTRasterBand></MaskBand>'
    path.write_text(path.read_text().replace("</VRTRasterBand>", f"{held}</VRTRasterBand>", 1))
    return path


@raster.refused
def remote_service(place: Place, rng: Rng) -> Path:
    window = f"<DataWindow><UpperLeftX>{LEFT}</UpperLeftX><UpperLeftY>{TOP}</UpperLeftY><LowerRightX>{LEFT + 96}</LowerRightX><LowerRightY>{TOP - 64}</LowerRightY><SizeX>192</SizeX><SizeY>128</SizeY><TileLevel>1</TileLevel></DataWindow>"
    text = pick(rng, [
        f'<GDAL_WMS><Service name="TMS"><ServerUrl>{place.url}/${{z}}/${{x}}/${{y}}.png</ServerUrl></Service>{window}<Projection>{UTM}</Projection><BandsCount>3</BandsCount><Cache/></GDAL_WMS>',
        f'<GDAL_WMS><Service name="WMS"><ServerUrl>{place.url}/wms?</ServerUrl><Layers>a</Layers></Service>{window}<Projection>{UTM}</Projection><BandsCount>3</BandsCount></GDAL_WMS>',
        f'<GDAL_WMTS><GetCapabilitiesUrl>{place.url}/wmts</GetCapabilitiesUrl></GDAL_WMTS>',
        f'<WCS_GDAL><ServiceURL>{place.url}/wcs</ServiceURL><CoverageName>a</CoverageName></WCS_GDAL>',
        f'<GDALTileIndexDataset><IndexDataset>/vsicurl/{place.url}/i.gpkg</IndexDataset></GDALTileIndexDataset>',
        f'{{"stac_version":"1.0.0","type":"Feature","assets":{{"a":{{"href":"{place.url}/a.tif"}}}},"tiled-assets":{{}},"stac_extensions":["tiled-assets"],"links":[]}}',
        f'<MRF_META><CachedSource><Source>/vsicurl/{place.url}/a.tif</Source></CachedSource><Raster><Size x="192" y="128" c="3"/></Raster></MRF_META>',
        f'<GDAL_WMS><Service name="VirtualEarth"><ServerUrl>{place.url}/${{quadkey}}</ServerUrl></Service></GDAL_WMS>',
    ])  # fmt: skip
    return file(place, str(text), str(pick(rng, ["hostile.xml", "hostile.tif", "hostile.vrt"])))


@raster
def writing_format(place: Place, rng: Rng) -> Path:
    """An MRF keeps a copy of its source in the file that it names."""
    target = place.victim / "planted.dat"
    text = f'<MRF_META><CachedSource><Source>{place.input}/scene.tif</Source></CachedSource><Raster><Size x="192" y="128" c="3"/><PageSize x="64" y="64" c="3"/><Compression>NONE</Compression><DataFile>{target}</DataFile><IndexFile>{target}.idx</IndexFile></Raster><GeoTags><BoundingBox minx="{LEFT}" miny="{TOP - 64}" maxx="{LEFT + 96}" maxy="{TOP}"/><Projection>{UTM}</Projection></GeoTags></MRF_META>'
    return file(place, text, str(pick(rng, ["hostile.mrf", "hostile.tif"])))


@raster.refused
def code_in_vrt(place: Place, rng: Rng) -> Path:
    target = place.victim / "planted.py"
    code = f"def f(i,o,*a,**k):\n  open({str(target)!r},'w').write('x')\nopen({str(target)!r},'w').write('x')"
    path = vrt(place)
    held = f'subClass="VRTDerivedRasterBand"><PixelFunctionType>f</PixelFunctionType><PixelFunctionLanguage>Python</PixelFunctionLanguage><PixelFunctionCode><![CDATA[{code}]]></PixelFunctionCode>'
    path.write_text(path.read_text().replace("><SimpleSource>", f" {held}<SimpleSource>"))
    return path


@raster
def recursive_vrt(place: Place, rng: Rng) -> Path:
    if rng.random() < 0.5:
        return vrt(place, "hostile.vrt")
    for number in range(int(pick(rng, [20, 300]))):
        vrt(place, f"n{number + 1}.vrt", name=f"n{number}.vrt")
    return place.input / "n0.vrt"


@raster
def hostile_xml(place: Place, rng: Rng) -> Path:
    laughs = (
        '<!DOCTYPE l [<!ENTITY a "ha">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
        + "]>"
    )
    outer = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{place.victim}/secret.txt">]>'
    text = vrt(place).read_text()
    text = pick(rng, [laughs + text.replace(UTM, "&j;"), outer + text.replace(UTM, "&e;"), "<VRTDataset>" * 50_000, text[:200],
                      text.replace('band="1"', 'band="-1"'), text.replace("Byte", "Nonsense"), text.replace("192", "1e9")])  # fmt: skip
    return file(place, str(text), "hostile.vrt")


@raster
def device_source(place: Place, rng: Rng) -> Path:
    os.mkfifo(place.input / "fifo.tif")
    source = pick(
        rng, ["/dev/zero", "/dev/stdin", "/vsistdin/", f"{place.input}/fifo.tif", f"{place.victim}/secret.txt"]
    )
    if rng.random() < 0.5:
        return vrt(place, str(source))
    return file(place, f'<VRTDataset rasterXSize="192" rasterYSize="128"><SRS>{UTM}</SRS><GeoTransform>{",".join(map(str, GROUND))}</GeoTransform><VRTRasterBand dataType="Byte" band="1" subClass="VRTRawRasterBand"><SourceFilename relativetoVRT="0">{source}</SourceFilename><ImageOffset>0</ImageOffset><PixelOffset>1</PixelOffset><LineOffset>192</LineOffset></VRTRasterBand></VRTDataset>', "hostile.vrt")  # fmt: skip


@raster
def hostile_sidecars(place: Place, rng: Rng) -> Path:
    """A sound raster, with broken overviews, masks, world files and metadata beside it."""
    path = write(place)
    kind = pick(rng, [".ovr", ".msk", ".aux.xml"])
    content = pick(rng, [damaged(path.read_bytes(), rng), b"", rng.bytes(500), b"<PAMDataset>" * 20_000])
    file(place, content, path.name + str(kind))
    file(place, "nan\n0\n0\n-1e300\n0\n0\n", "hostile.tfw")
    return path


@raster
def odd_name(place: Place, rng: Rng) -> Path:
    name = pick(rng, ["a\nb.tif", "a|b.tif", "\x1b[31mred.tif", os.fsdecode(b"caf\xe9.tif"), "-rf.tif", "x" * 250 + ".tif", "%s{0}{path}.tif",
                      "a'b\"c;--.tif", " .tif", "NETCDF:x.tif", "a\u202efit.tif", "$(touch x).tif", "HDF5:a.tif", "\U0001f3e0.tif", "PG:host=127.0.0.1.tif"])  # fmt: skip
    path = place.input / str(name)
    shutil.copy(place.input / "scene.tif", path)
    return path


@raster
def tiny_or_thin(place: Place, rng: Rng) -> Path:
    width, height = pick(rng, [(1, 1), (1, 5000), (5000, 1), (31, 33), (2, 2)])
    return write(place, np.full((3, height, width), 80, np.uint8))


@raster
def constant(place: Place, rng: Rng) -> Path:
    return write(place, np.full((3, HEIGHT, WIDTH), int(pick(rng, [0, 255, 1])), np.uint8))


@raster.refused
def swapped_content(place: Place, rng: Rng) -> list[Words]:
    """The imagery of a campaign changes in place: most of it is blanked, size and place stay."""
    place.with_campaign()
    with rasterio.open(place.input / "scene.tif", "r+") as scene:
        scene.write(np.zeros((3, HEIGHT, WIDTH), np.uint8))
    return [["score", place.workspace], ["predict", place.workspace, "-o", place.out / "a.gpkg"]]
