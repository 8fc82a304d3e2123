"""Rasters in strange forms of the usual formats: tags that lie, bombs, palettes, warped mosaics, sidecars that claim."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import rasterio

from tiletriage.tests.conftest import GSD, LEFT, TOP

from .case import Place, Rng, damaged, pick
from .rasters import GROUND, HEIGHT, UTM, WIDTH, file, raster, vrt, write

UTM_WKT = rasterio.crs.CRS.from_string(UTM).to_wkt().replace('"', "&quot;")


@raster
def lying_tags(place: Place, rng: Rng) -> Path:
    """A TIFF whose entries give other sizes, types, counts or offsets than are true."""
    content = bytearray(write(place, **pick(rng, [{}, {"compress": "deflate"}, {"tiled": True}])).read_bytes())
    (first,) = struct.unpack_from("<I", content, 4)
    (entries,) = struct.unpack_from("<H", content, first)
    for _ in range(int(rng.integers(1, 4))):
        entry = first + 2 + 12 * int(rng.integers(entries))
        at, form = pick(rng, [(0, "<H"), (2, "<H"), (4, "<I"), (8, "<I"), (8, "<I")])
        largest = 2**16 - 1 if form == "<H" else 2**32 - 1
        struct.pack_into(form, content, entry + at, int(pick(rng, [0, 1, 2, 16, 255, 4096, largest // 2, largest])))
    return file(place, bytes(content))


@raster
def circle_of_directories(place: Place, rng: Rng) -> Path:
    """The directory of a TIFF names itself, or what lies nowhere, as the next one."""
    content = bytearray(write(place).read_bytes())
    (first,) = struct.unpack_from("<I", content, 4)
    (entries,) = struct.unpack_from("<H", content, first)
    struct.pack_into("<I", content, first + 2 + 12 * entries, int(pick(rng, [first, 8, 2**32 - 2, len(content) - 1])))
    return file(place, bytes(content))


@raster
def palette(place: Place, rng: Rng) -> Path:
    path = write(place, rng.integers(0, 256, (1, HEIGHT, WIDTH)).astype(np.uint8), photometric="palette")
    with rasterio.open(path, "r+") as opened:
        opened.write_colormap(1, {number: (number, 0, 255 - number, 255) for number in range(256)})
    return path


@raster
def few_bits(place: Place, rng: Rng) -> Path:
    bits = int(pick(rng, [1, 2, 4, 12]))
    dtype = np.uint16 if bits > 8 else np.uint8
    return write(place, rng.integers(0, 2**bits, (3, HEIGHT, WIDTH)).astype(dtype), nbits=bits)


@raster
def sparse_tiles(place: Place, rng: Rng) -> Path:
    """Most tiles of the file are not there."""
    known = {"driver": "GTiff", "tiled": True, "blockxsize": 64, "blockysize": 64, "sparse_ok": True, "crs": UTM}
    path = place.input / "hostile.tif"
    shape = {"width": WIDTH, "height": HEIGHT, "count": 3, "dtype": str(pick(rng, ["uint8", "float32"]))}
    with rasterio.open(path, "w", **known, **shape, transform=rasterio.Affine.from_gdal(*GROUND)) as opened:
        if rng.random() < 0.7:
            window = rasterio.windows.Window(0, 0, 64, 64)
            opened.write(rng.integers(0, 200, (3, 64, 64)).astype(shape["dtype"]), window=window)
    return path


@raster
def inner_pyramids(place: Place, rng: Rng) -> Path:
    path = write(place, tiled=True, blockxsize=64, blockysize=64)
    with rasterio.open(path, "r+") as opened:
        opened.build_overviews([2, 4])
        opened.update_tags(ns="OVERVIEWS", OVERVIEW_FILE=f"{place.url}/o.ovr") if rng.random() < 0.3 else None
    return file(place, damaged(path.read_bytes(), rng)) if rng.random() < 0.6 else path


@raster
def whole_as_one_block(place: Place, rng: Rng) -> Path:
    """A small file whose single strip or tile is large when it is unpacked."""
    side = int(pick(rng, [4_096, 12_000]))
    known = {"compress": "deflate", "blockysize": side, "interleave": pick(rng, ["pixel", "band"])}
    return write(place, np.zeros((3, side, 64), np.uint8), **known)


@raster
def picture_bomb(place: Place, rng: Rng) -> Path:
    """A PNG of a few kilobytes that is a hundred megabytes, or says so, with a place on Earth beside it."""
    side = int(pick(rng, [30_000, 100_000, 2**31 - 1]))
    rows = zlib.compress(bytes(side // 8 + 1) * side, 1) if side < 50_000 else zlib.compress(bytes(1000))

    def chunk(kind: bytes, held: bytes) -> bytes:
        return struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    claims(place, "hostile.png")
    return file(place, b"\x89PNG\r\n\x1a\n" + parts, "hostile.png")


def claims(place: Place, name: str, srs: str = UTM_WKT, more: str = "", ground: object = GROUND) -> None:
    """Metadata beside a raster, which give it a place."""
    transform = ", ".join(map(str, ground))
    file(
        place,
        f"<PAMDataset><SRS>{srs}</SRS><GeoTransform>{transform}</GeoTransform>{more}</PAMDataset>",
        f"{name}.aux.xml",
    )


@raster
def claiming_sidecar(place: Place, rng: Rng) -> Path:
    """Metadata beside a sound raster that give it another place, CRS, scale, mask or statistics."""
    path = write(place)
    srs = pick(rng, [UTM_WKT, "EPSG:4326", "nonsense", f"+proj=utm +zone=37 +nadgrids={place.url}/g.tif", f"{place.url}/crs.wkt", "/etc/passwd", 'LOCAL_CS[&quot;x&quot;]', ""])  # fmt: skip
    ground = pick(rng, [GROUND, (0, 1, 0, 0, 0, 1), ("nan",) * 6, (1e300,) * 6, (LEFT, 1e-12, 0, TOP, 0, -1e-12)])
    more = pick(rng, ["", '<PAMRasterBand band="1"><NoDataValue>nan</NoDataValue><Scale>1e300</Scale><Offset>nan</Offset></PAMRasterBand>',
                      '<PAMRasterBand band="99"><NoDataValue>0</NoDataValue></PAMRasterBand>', '<GCPList Projection="EPSG:4326"><GCP Id="1" Pixel="nan" Line="1e300" X="1" Y="2"/></GCPList>',
                      f'<Metadata domain="RPC"><MDI key="LINE_OFF">nan</MDI></Metadata><Metadata domain="xml:VRT"><a href="{place.url}"/></Metadata>',
                      '<PAMRasterBand band="1"><Histograms><HistItem><BucketCount>2000000000</BucketCount></HistItem></Histograms></PAMRasterBand>'])  # fmt: skip
    claims(place, path.name, str(srs), str(more), ground)
    return path


@raster
def world_file(place: Place, rng: Rng) -> Path:
    """A picture whose place is told by a world file and a file of the CRS, both of which say much."""
    path = write(place, driver="PNG", name="h.png", crs=None, transform=None)
    numbers = [GSD, 0, 0, -GSD, LEFT, TOP]
    numbers[int(rng.integers(6))] = float(pick(rng, [np.nan, np.inf, 0, 1e300, -1e300, GSD]))
    file(place, "\n".join(map(str, numbers)), str(pick(rng, ["h.pgw", "h.wld"])))
    file(
        place,
        pick(rng, [UTM_WKT.replace("&quot;", '"'), "x" * 10**6, f"+proj=utm +nadgrids={place.url}", b"\xff\xfe"]),
        "h.prj",
    )
    return path


@raster
def odd_mosaic(place: Place, rng: Rng) -> Path:
    """A mosaic with windows, scales, tables or bands that no picture has, or with sources without number."""
    path = vrt(place)
    text = path.read_text()
    where = '<{0} xOff="{1}" yOff="0" xSize="{2}" ySize="{2}"/>'
    far = pick(rng, ["nan", "-1e300", "1e12", "2147483647", "-5"])
    wide = pick(rng, ["nan", "0", "1e300", "-3", "2147483647"])
    source = text[text.index("<SimpleSource>") : text.index("</SimpleSource>") + len("</SimpleSource>")]
    text = pick(rng, [
        text.replace("</SourceBand>", "</SourceBand>" + where.format("SrcRect", far, wide)),
        text.replace("</SourceBand>", "</SourceBand>" + where.format("DstRect", far, wide)),
        text.replace("SimpleSource", "ComplexSource").replace("</SourceBand>", f"</SourceBand><ScaleOffset>{wide}</ScaleOffset><ScaleRatio>{far}</ScaleRatio>"),
        text.replace("SimpleSource", "ComplexSource").replace("</SourceBand>", "</SourceBand><LUT>nan:nan,1:x,2</LUT>"),
        text.replace("SimpleSource", "KernelFilteredSource").replace("</SourceBand>", f"</SourceBand><Kernel><Size>{wide}</Size><Coefs>1 1 1</Coefs></Kernel>"),
        text.replace("SourceBand>1<", "SourceBand>99<"), text.replace("SourceBand>1<", "SourceBand>mask,1<"),
        text.replace(source, source * 2_000), text.replace('dataType="Byte"', 'dataType="CFloat64"'), text.replace("</GeoTransform>", "</GeoTransform><BlockXSize>2000000000</BlockXSize><BlockYSize>1</BlockYSize>")])  # fmt: skip
    return file(place, str(text), path.name)


@raster
def warped(place: Place, rng: Rng) -> Path:
    """A warped mosaic over the sound scene whose options are strange."""
    memory, kind = pick(rng, ["nan", "1e300", "-1", "6.7e+07"]), pick(rng, ["Bilinear", "Nonsense", "Lanczos"])
    more = pick(rng, ["", '<Option name="CUTLINE">POLYGON((0 0,1 0,1 1,0 0))</Option>', f'<Option name="CUTLINE_FILE">{place.url}</Option>', '<Option name="NUM_THREADS">100000</Option>'])  # fmt: skip
    sound = ",".join(map(str, GROUND))
    move = f"<GenImgProjTransformer><SrcGeoTransform>{sound}</SrcGeoTransform><DstGeoTransform>{pick(rng, [sound, '0,0,0,0,0,0', 'nan'])}</DstGeoTransform></GenImgProjTransformer>"
    bands = "".join(
        f'<VRTRasterBand dataType="Byte" band="{band}" subClass="VRTWarpedRasterBand"/>' for band in (1, 2, 3)
    )
    maps = "".join(f'<BandMapping src="{band}" dst="{band}"/>' for band in (1, 2, pick(rng, [3, 99, -1])))
    text = f"""<VRTDataset rasterXSize="{WIDTH}" rasterYSize="{HEIGHT}" subClass="VRTWarpedDataset"><SRS>{UTM}</SRS>
    <GeoTransform>{sound}</GeoTransform>{bands}<BlockXSize>{pick(rng, [64, 0, 2**31 - 1])}</BlockXSize><BlockYSize>64</BlockYSize>
    <GDALWarpOptions><WarpMemoryLimit>{memory}</WarpMemoryLimit><ResampleAlg>{kind}</ResampleAlg>{more}
    <SourceDataset relativeToVRT="1">scene.tif</SourceDataset><Transformer>{move}</Transformer><BandList>{maps}</BandList>
    </GDALWarpOptions></VRTDataset>"""
    return file(place, text, "hostile.vrt")
