"""Hostile and broken rasters, each met by a new campaign or standing in for the imagery of one."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine

from tiletriage.tests.conftest import GSD, LEFT, TOP

from .case import START, Kinds, Place, Rng, Words, damaged, pick

WIDTH, HEIGHT = 192, 128
UTM, GROUND = "EPSG:32737", (LEFT, GSD, 0, TOP, 0, -GSD)


def met_by(place: Place, rng: Rng, raster: Path) -> list[Words]:
    """A new campaign over the raster and its whole loop, or the raster in the place of a campaign's imagery."""
    if rng.random() < 0.3 and raster.name == "hostile.tif":
        place.with_campaign()
        (place.input / "scene.tif").unlink()
        raster.rename(place.input / "scene.tif")
        return [
            ["score", place.workspace],
            ["next", place.workspace],
            ["predict", place.workspace, "-o", place.out / "a.gpkg"],
        ]
    options = pick(rng, [[], [], [], ["--bands", "1,1,1"], ["--gsd", 0.7], ["--bands", "1,2,3"]])
    return [
        ["new", place.workspace, "--imagery", raster, *START, place.input / "tiny", *options],
        ["score", place.workspace, *pick(rng, [[], ["--png", place.out / "heat.png"]])],
        ["next", place.workspace],
        ["predict", place.workspace, "-o", place.out / "map.gpkg"],
    ]


raster = Kinds("raster", met_by)


def write(place: Place, pixels: np.ndarray | None = None, name: str = "hostile.tif", **profile: object) -> Path:
    """A GeoTIFF at the place of the sound scene."""
    if pixels is None:
        with rasterio.open(place.input / "scene.tif") as scene:
            pixels = scene.read()
    known = {"driver": "GTiff", "crs": UTM, "transform": Affine.from_gdal(*GROUND), "dtype": pixels.dtype, **profile}
    bands, height, width = pixels.shape
    with rasterio.open(place.input / name, "w", count=bands, height=height, width=width, **known) as file:
        file.write(pixels.astype(known["dtype"]))
    return place.input / name


def vrt(
    place: Place,
    source: str = "scene.tif",
    bands: int = 3,
    size: tuple[int, int] = (WIDTH, HEIGHT),
    srs: str = UTM,
    ground: object = GROUND,
    more: str = "",
    name: str = "hostile.vrt",
) -> Path:
    """A VRT, in which everything can be claimed."""
    each = "".join(
        f"""<VRTRasterBand dataType="Byte" band="{band}"><SimpleSource><SourceFilename relativeToVRT="{int("/" not in source and ":" not in source)}">{source}</SourceFilename>
        <SourceBand>{band}</SourceBand></SimpleSource></VRTRasterBand>"""
        for band in range(1, bands + 1)
    )
    transform = ground if isinstance(ground, str) else ", ".join(map(str, ground))
    text = f"""<VRTDataset rasterXSize="{size[0]}" rasterYSize="{size[1]}"><SRS>{srs}</SRS>
    <GeoTransform>{transform}</GeoTransform>{each}{more}</VRTDataset>"""
    (place.input / name).write_text(text, encoding="utf-8")
    return place.input / name


def file(place: Place, content: str | bytes, name: str = "hostile.tif") -> Path:
    (place.input / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return place.input / name


@raster
def damaged_tiff(place: Place, rng: Rng) -> Path:
    options = pick(rng, [{}, {"compress": "deflate", "tiled": True}, {"compress": "jpeg"}, {"interleave": "pixel"}])
    whole = write(place, **options)
    return file(place, damaged(whole.read_bytes(), rng))


@raster
def damaged_header(place: Place, rng: Rng) -> Path:
    content = bytearray(write(place, compress="deflate").read_bytes())
    for at in rng.integers(0, 400, int(rng.integers(1, 6))):
        content[at] = int(rng.integers(256))
    return file(place, bytes(content))


@raster
def truncated(place: Place, rng: Rng) -> Path:
    content = write(place).read_bytes()
    return file(place, content[: int(len(content) * rng.random())])


@raster.refused
def no_raster(place: Place, rng: Rng) -> Path:
    return file(
        place, pick(rng, [b"", b"II*\0", b"text", bytes(1000), rng.bytes(3000), b"\x89PNG\r\n\x1a\n", b"PK\3\4"])
    )


@raster
def no_file(place: Place, rng: Rng) -> Path:
    path = place.input / "hostile.x"
    kind = pick(rng, ["fifo", "folder", "loop", "dangling", "device", "null"])
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        targets = {"loop": path, "dangling": "nowhere", "device": "/dev/zero", "null": "/dev/null"}
        path.symlink_to(targets[kind])
    return path


@raster.refused
def pipe(place: Place, rng: Rng) -> Path:
    os.mkfifo(place.input / "hostile.tif")
    return place.input / "hostile.tif"


@raster
def other_format(place: Place, rng: Rng) -> Path:
    driver, name = pick(rng, [("PNG", "h.png"), ("JPEG", "h.jpg"), ("JP2OpenJPEG", "h.jp2"), ("GPKG", "h.gpkg"),
                              ("MBTiles", "h.mbtiles"), ("netCDF", "h.nc"), ("ENVI", "h.img"), ("HFA", "h.hfa"),
                              ("WEBP", "h.webp"), ("BMP", "h.bmp"), ("PDF", "h.pdf"), ("MRF", "h.mrf")])  # fmt: skip
    try:
        whole = write(place, driver=driver, name=name)
    except (rasterio.errors.RasterioError, TypeError):  # this GDAL does not write it, or says so in a broken sentence
        return no_raster(place, rng)
    if rng.random() < 0.6:
        whole.write_bytes(damaged(whole.read_bytes(), rng))
    return whole


@raster
def huge_claim(place: Place, rng: Rng) -> Path:
    """Sizes that nobody could work through; of those that are only long work, done as honestly as any, the shortest."""
    side = int(pick(rng, [60_000, 300_000, 2_000_000, 2**31 - 1]))
    height = pick(rng, [side, 1, 1 if side in (300_000, 2_000_000) else 64])
    return vrt(place, size=(side, height), ground=(LEFT, pick(rng, [GSD, 30]), 0, TOP, 0, -GSD))


@raster
def huge_sparse(place: Place, rng: Rng) -> Path:
    side = int(pick(rng, [60_000, 200_000]))
    profile = {
        "driver": "GTiff",
        "tiled": True,
        "sparse_ok": True,
        "bigtiff": "yes",
        "blockxsize": 4096,
        "blockysize": 4096,
    }
    place_ = {"crs": UTM, "transform": Affine.from_gdal(*GROUND), "dtype": "uint8"}
    path = place.input / "hostile.tif"
    with rasterio.open(path, "w", width=side, height=side, count=3, **profile, **place_):
        return path


@raster
def lying_envi(place: Place, rng: Rng) -> Path:
    lines, samples, bands = (int(pick(rng, [0, -5, 1, 128, 10**6, 2**31 - 1])) for _ in range(3))
    file(place, f"ENVI\nsamples={samples}\nlines={lines}\nbands={bands}\ndata type={pick(rng, [1, 4, 6, 99])}\n"
         f"interleave=bsq\nmap info={{UTM,1,1,{LEFT},{TOP},.5,.5,37,South,WGS-84}}\n", "hostile.hdr")  # fmt: skip
    return file(place, bytes(5000), "hostile.img")


@raster.refused
def no_bands(place: Place, rng: Rng) -> Path:
    return vrt(place, bands=0)


@raster
def odd_bands(place: Place, rng: Rng) -> Path:
    return write(place, np.full((int(pick(rng, [1, 2, 4, 5, 17, 300])), HEIGHT, WIDTH), 90, np.uint8))


@raster
def odd_dtype(place: Place, rng: Rng) -> Path:
    dtype = pick(
        rng, ["complex64", "complex128", "float64", "int64", "uint64", "complex_int16", "float16", "int8", "uint32"]
    )
    pixels = rng.integers(0, 100, (3, HEIGHT, WIDTH))
    try:
        return write(place, pixels.astype("complex64" if "complex" in dtype else dtype), dtype=dtype)
    except (TypeError, ValueError, rasterio.errors.RasterioError):
        return write(place, pixels.astype("complex64"))


@raster
def odd_values(place: Place, rng: Rng) -> Path:
    pixels = rng.normal(0, 1, (3, HEIGHT, WIDTH)).astype(np.float32)
    bad = np.float32(pick(rng, [np.nan, np.inf, -np.inf, 3.4e38, -3.4e38, 1e-45]))
    pixels[rng.random(pixels.shape) < pick(rng, [0.001, 0.5, 1])] = bad
    return write(place, pixels, **pick(rng, [{}, {"nodata": float("nan")}, {"nodata": 0}]))


@raster
def nodata_everywhere(place: Place, rng: Rng) -> Path:
    pixels = np.full((3, HEIGHT, WIDTH), 7, np.uint8)
    if rng.random() < 0.5:
        return write(place, pixels, nodata=7)
    return write(
        place, np.concatenate([pixels, np.zeros((1, HEIGHT, WIDTH), np.uint8)]), photometric="rgb", alpha="yes"
    )


@raster
def odd_nodata(place: Place, rng: Rng) -> Path:
    value = pick(rng, ["nan", "inf", "-1e308", "1e400", "text", "", "256", "-1", "99999999999999999999"])
    path = vrt(place)
    path.write_text(path.read_text().replace("><SimpleSource>", f"><NoDataValue>{value}</NoDataValue><SimpleSource>"))
    return path


@raster
def odd_ground(place: Place, rng: Rng) -> Path:
    numbers = [float(value) for value in GROUND]
    for at in rng.integers(0, 6, int(rng.integers(1, 4))):
        numbers[at] = float(pick(rng, [np.nan, np.inf, -np.inf, 1e300, -1e300, 0, 1e-12, 1e-300, 1e12, -0.5, 45]))
    return vrt(place, ground=numbers)


@raster
def odd_ground_in_tiff(place: Place, rng: Rng) -> Path:
    across = float(pick(rng, [np.nan, np.inf, 1e300, 1e-9, 1e9, -0.5]))
    try:
        return write(place, transform=Affine(across, 0, float(pick(rng, [LEFT, np.nan, 1e300])), 0, -across, TOP))
    except (ValueError, OverflowError):
        return odd_ground(place, rng)


@raster
def rotated(place: Place, rng: Rng) -> Path:
    turned = Affine.translation(LEFT, TOP) * Affine.rotation(rng.uniform(0, 360)) * Affine.scale(GSD, -GSD)
    return write(place, transform=turned * Affine.shear(rng.uniform(-89, 89), 0))


@raster
def degenerate_ground(place: Place, rng: Rng) -> Path:
    return vrt(place, ground=pick(rng, ["", "1,2,3", "a,b,c,d,e,f", "0,0,0,0,0,0", "0,1,1,0,1,1", "1,2,3,4,5,6,7,8"]))


@raster.refused
def metres_as_degrees(place: Place, rng: Rng) -> Path:
    return write(place, crs=pick(rng, ["EPSG:4326", "EPSG:4258"]), transform=Affine.from_gdal(*GROUND))


@raster
def far_place(place: Place, rng: Rng) -> Path:
    longitude, latitude = pick(rng, [(179.9999, 0), (-180.001, 0), (0, 89.9999), (0, -90.0001), (360, 45), (1e6, 1e6)])
    return write(place, crs="EPSG:4326", transform=Affine(1e-5, 0, longitude, 0, -1e-5, latitude))


@raster
def odd_crs(place: Place, rng: Rng) -> Path:
    code = pick(rng, ["EPSG:4978", "EPSG:5773", "EPSG:3855", "EPSG:999999", "EPSG:3031", "EPSG:2056", "EPSG:2193", "ESRI:54030",
                      "EPSG:32737+5773", "OGC:CRS84", "IAU_2015:30100", "EPSG:3395", "EPSG:22275", "", "nonsense"])  # fmt: skip
    return vrt(place, srs=code)


@raster
def odd_proj_string(place: Place, rng: Rng) -> Path:
    text = pick(rng, [
        f"+proj=utm +zone=37 +nadgrids={place.url}/grid.tif", f"+proj=utm +zone=37 +nadgrids=/vsicurl/{place.url}/grid.gsb",
        "+proj=ob_tran +o_proj=ob_tran +o_lat_p=1", "+proj=tmerc +k=nan", "+proj=tmerc +k=1e300 +x_0=1e300", "+proj=utm +zone=37 +a=1e-300",
        "+proj=lcc +lat_1=90 +lat_2=-90", "+proj=merc +a=nan +b=nan", "+proj=pipeline +step +proj=pipeline", "+init=/etc/passwd:x",
        "+proj=utm +zone=37 +to_meter=0", "+proj=utm +zone=37 +to_meter=1e-30", "+proj=gnom +lat_0=90", "+proj=geos +h=1e300"])  # fmt: skip
    return vrt(place, srs=str(text))


@raster
def odd_wkt(place: Place, rng: Rng) -> Path:
    inner = 'GEOGCS["x",DATUM["d",SPHEROID["s",{a},{f}]],PRIMEM["g",{p}],UNIT["degree",{u}]]'
    values = {key: pick(rng, [0, -1, 1e300, 1e-300, "nan", "inf", 6378137, 298.25, 0.0174532925]) for key in "afpu"}
    text = pick(rng, [inner.format(**values), 'LOCAL_CS["x",UNIT["metre",1]]', 'LOCAL_CS["\x1b[31mred",LOCAL_DATUM["d",0],UNIT["m",1]]',
                      f'PROJCS["y",{inner.format(**values)},PROJECTION["Transverse_Mercator"],PARAMETER["scale_factor",{values["a"]}],UNIT["m",{values["u"]}]]',
                      "PROJCS[" * 3000, 'GEOGCS["' + "n" * 200_000 + '"]', 'ENGCRS["e",EDATUM["d"],CS[Cartesian,2],AXIS["x",east],AXIS["y",north],LENGTHUNIT["metre",1]]'])  # fmt: skip
    return vrt(place, srs=str(text).replace("\x1b", "&#27;") if rng.random() < 0.5 else str(text).replace("\x1b", "?"))


@raster
def control_points_only(place: Place, rng: Rng) -> Path:
    points = [
        rasterio.control.GroundControlPoint(r, c, LEFT + c, TOP - r) for r, c in ((0, 0), (0, 99), (99, 0), (99, 99))
    ]
    return write(place, transform=Affine.identity(), gcps=points[: int(rng.integers(1, 5))])
