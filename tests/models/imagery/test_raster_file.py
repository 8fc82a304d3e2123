"""What a raster from a stranger must not do when it is opened: reach a network, other files, or all memory."""

from __future__ import annotations

import os
import shutil

import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.shutil import copy as copy_raster

from tiletriage.models.errors import ImageryError
from tiletriage.models.imagery.raster import grid_of, open_imagery, read_overview
from tiletriage.models.storage import limits
from tiletriage.tests.loopback import listening

PLACE = {"crs": "EPSG:32737", "transform": Affine(0.5, 0, 500000, 0, -0.5, 9000000)}


@pytest.fixture
def scene(tmp_path):
    return write(tmp_path / "scene.tif")


@pytest.fixture
def server():
    with listening() as (address, asked):
        yield address
        assert asked == []


def write(path, driver="GTiff", height=64, width=64, dtype="uint8", **more):
    values = np.random.default_rng(0).integers(1, 200, (3, height, width)).astype(dtype)
    with rasterio.open(
        path, "w", driver=driver, count=3, height=height, width=width, dtype=dtype, **{**PLACE, **more}
    ) as raster:
        raster.write(values)
    return path


def look(path):
    """Everything that is read of imagery: what it is, its pixels, and its pyramids."""
    imagery = open_imagery(path)
    return read_overview(imagery, grid_of(imagery, tile_size_px=32), longest_px=16)


def virtual(path, source, is_relative=1, inside=""):
    path.write_text(
        f'<VRTDataset rasterXSize="64" rasterYSize="64"><SRS>EPSG:32737</SRS>'
        f"<GeoTransform>500000, 0.5, 0, 9000000, 0, -0.5</GeoTransform>{inside}"
        f'<VRTRasterBand dataType="Byte" band="1"><SimpleSource>'
        f'<SourceFilename relativeToVRT="{is_relative}">{source}</SourceFilename><SourceBand>1</SourceBand>'
        f"</SimpleSource></VRTRasterBand></VRTDataset>"
    )
    return path


@pytest.mark.parametrize("driver, name", [("PNG", "a.png"), ("JPEG", "a.jpg"), ("HFA", "a.img"), ("ENVI", "a.dat")])
def test_usual_formats_are_read(tmp_path, scene, driver, name):
    copy_raster(scene, tmp_path / name, driver=driver)
    assert look(tmp_path / name).values.shape == (1, 3, 16, 16)


def test_virtual_rasters_of_files_in_their_folder_are_read_also_within_each_other(tmp_path, scene):
    (tmp_path / "tiles").mkdir()
    shutil.copy(scene, tmp_path / "tiles" / "part.tif")
    copy_raster(scene, tmp_path / "gdal.vrt", driver="VRT")
    for path in (
        tmp_path / "gdal.vrt",
        virtual(tmp_path / "a.vrt", "tiles/part.tif"),
        virtual(tmp_path / "b.vrt", scene, is_relative=0),
        virtual(tmp_path / "c.vrt", "a.vrt"),
    ):
        assert look(path).values.shape[2:] == (16, 16)


def test_a_warped_virtual_raster_is_read(tmp_path, scene):
    with rasterio.open(scene) as dataset, rasterio.vrt.WarpedVRT(dataset, crs="EPSG:4326") as warped:
        copy_raster(warped, tmp_path / "warped.vrt", driver="VRT")
    assert look(tmp_path / "warped.vrt").values.shape[1] == 3


def test_a_virtual_raster_reads_nothing_from_a_server(tmp_path, server):
    for number, source in enumerate([f"/vsicurl/{server}/a.tif", f"{server}/a.tif", f"/vsicurl/{server}/a.tif?&amp;"]):
        for is_relative in (0, 1):
            with pytest.raises(ImageryError, match=r"only files in its own folder"):
                look(virtual(tmp_path / f"{number}.vrt", source, is_relative))


def test_a_virtual_raster_reads_nothing_outside_its_folder(tmp_path, scene):
    (tmp_path / "stick").mkdir()
    for source, is_relative in (("../scene.tif", 1), (scene, 0), (scene, 1), ("scene.tif", 0), ("link.tif", 1)):
        (tmp_path / "stick" / "link.tif").unlink(missing_ok=True)
        (tmp_path / "stick" / "link.tif").symlink_to(scene)
        with pytest.raises(ImageryError, match=r"only files in its own folder.*gdal_translate"):
            look(virtual(tmp_path / "stick" / "a.vrt", source, is_relative))


@pytest.mark.parametrize(
    "inside",
    [
        "<PixelFunctionLanguage>Python</PixelFunctionLanguage>",
        "<Overview><SourceFilename>/etc/x</SourceFilename></Overview>",
        "<![CDATA[<SourceFilename>/vsicurl/x</SourceFilename>]]>",
        "<?run it?>",
        "<Metadata>" * 100_000,
        '<Metadata><MDI key="a">&#47;vsicurl</MDI></Metadata>',
        '<VRTRasterBand subClass="VRTDerivedRasterBand"></VRTRasterBand>',
        '<VRTRasterBand subClass="VRTRawRasterBand"></VRTRasterBand>',
        "<Metadata>",
        "<SRS>http://127.0.0.1/crs</SRS>",
        '<SourceFilename relativeToVRT="0" relativeToVRT="1">scene.tif</SourceFilename>',
    ],
)
def test_what_no_mosaic_needs_is_refused_in_a_virtual_raster(tmp_path, scene, inside):
    with pytest.raises(ImageryError, match=r"virtual raster a\.vrt is not read"):
        look(virtual(tmp_path / "a.vrt", "scene.tif", inside=inside))


def test_a_virtual_raster_that_consists_of_itself_is_refused(tmp_path):
    with pytest.raises(ImageryError, match="more than 3 deep"):
        look(virtual(tmp_path / "a.vrt", "a.vrt"))


def service(server):
    return (
        f'<GDAL_WMS><Service name="TMS"><ServerUrl>{server}/${{z}}/${{x}}/${{y}}.png</ServerUrl></Service><DataWindow>'
        "<UpperLeftX>500000</UpperLeftX><UpperLeftY>9000000</UpperLeftY><LowerRightX>500032</LowerRightX>"
        "<LowerRightY>8999968</LowerRightY><SizeX>64</SizeX><SizeY>64</SizeY></DataWindow><Projection>EPSG:32737"
        "</Projection><BandsCount>3</BandsCount><BlockSizeX>32</BlockSizeX><BlockSizeY>32</BlockSizeY></GDAL_WMS>"
    )


def test_the_description_of_a_service_is_no_raster_wherever_it_stands(tmp_path, scene, server):
    (tmp_path / "wms.xml").write_text(service(server))
    (tmp_path / "wmts.xml").write_text(f"<GDAL_WMTS><GetCapabilitiesUrl>{server}/c</GetCapabilitiesUrl></GDAL_WMTS>")
    (tmp_path / "wcs.xml").write_text(
        f"<WCS_GDAL><ServiceURL>{server}/?</ServiceURL><CoverageName>a</CoverageName></WCS_GDAL>"
    )
    (tmp_path / "stac.json").write_text(
        f'{{"stac_extensions": ["tiled-assets"], "asset_templates": {{"a": {{"href": "{server}/a.tif"}}}}}}'
    )
    for path in [*tmp_path.glob("*.xml"), tmp_path / "stac.json"]:
        for opened in (path, virtual(tmp_path / "of.vrt", path.name)):
            with pytest.raises(ImageryError, match="is not read as a raster"):
                look(opened)


def test_pyramids_and_masks_beside_a_raster_are_plain_files_too(tmp_path, scene, server):
    for end in (".ovr", ".msk", ".OVR", ".Msk"):
        beside = tmp_path / f"scene.tif{end}"
        for opened in (scene, virtual(tmp_path / "of.vrt", "scene.tif")):
            beside.write_text(service(server))
            with pytest.raises(ImageryError, match="pyramids and masks are GeoTIFF"):
                look(opened)
        beside.unlink()


def test_a_name_in_a_virtual_raster_is_the_one_that_gdal_reads(tmp_path, scene):
    """GDAL knows the five entities of XML; as HTML this would be parts/of/it/../../../scene.tif, which lies inside."""
    stick = tmp_path / "stick"
    for folder in ("parts&sol;of&sol;it", "parts/of/it"):
        (stick / folder).mkdir(parents=True)
    shutil.copy(scene, stick / "scene.tif")
    shutil.copy(scene, stick / "a & b.tif")
    with pytest.raises(ImageryError, match="XML is damaged"):
        look(virtual(stick / "a.vrt", "parts&sol;of&sol;it/../../../scene.tif"))
    assert look(virtual(stick / "b.vrt", "a &amp; b.tif")).values.shape[2:] == (16, 16)


def test_metadata_never_say_where_the_pyramids_are(tmp_path, scene, server):
    (tmp_path / "scene.tif.aux.xml").write_text(
        '<PAMDataset><Metadata domain="OVERVIEWS">'
        f'<MDI key="OVERVIEW_FILE">/vsicurl/{server}/o.tif</MDI></Metadata></PAMDataset>'
    )
    for opened in (scene, virtual(tmp_path / "of.vrt", "scene.tif")):
        with pytest.raises(ImageryError, match="pyramids are to be read from"):
            look(opened)


def test_a_pipe_a_folder_and_a_device_are_not_waited_for(tmp_path, scene):
    os.mkfifo(tmp_path / "pipe.tif")
    os.mkfifo(tmp_path / "scene.tif.ovr")
    for path, words in (
        (tmp_path / "pipe.tif", "a pipe"),
        (scene, r"scene\.tif\.ovr' is no plain file"),
        (tmp_path, "is a folder"),
        ("/dev/zero", "a device"),
    ):
        with pytest.raises(ImageryError, match=words):
            open_imagery(tmp_path / path)


def test_a_name_that_is_not_unicode_is_told_without_it(tmp_path, scene):
    path = tmp_path / os.fsdecode(b"v\xe9lo.tif")
    scene.rename(path)
    with pytest.raises(ImageryError, match="not written in Unicode") as refused:
        open_imagery(path)
    assert str(refused.value).encode()


def test_a_raster_of_too_many_pixels_or_too_large_blocks_is_refused_with_the_number(tmp_path):
    options = {"driver": "GTiff", "dtype": "uint8", "count": 1, "sparse_ok": True, "bigtiff": "yes", **PLACE}
    with rasterio.open(tmp_path / "a.tif", "w", width=2_100_000, height=2_000_000, blockysize=100, **options):
        pass
    with pytest.raises(ImageryError, match="2100000 x 2000000 pixels; 4000000000000 in all"):
        open_imagery(tmp_path / "a.tif")
    with rasterio.open(
        tmp_path / "b.tif",
        "w",
        width=40_000,
        height=40_000,
        tiled=True,
        blockxsize=40_000,
        blockysize=40_000,
        **options,
    ):
        pass
    with pytest.raises(ImageryError, match="blocks of 1525 MB"):
        open_imagery(tmp_path / "b.tif")


def test_a_picture_of_which_no_part_can_be_read_alone_may_not_be_huge(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MOST_PIXELS_IN_TURN", 1_000)
    with pytest.raises(ImageryError, match=r"PNG of 64 x 64 pixels.*gdal_translate"):
        open_imagery(write(tmp_path / "a.png", "PNG"))


def test_a_filter_of_a_virtual_raster_that_would_end_the_process_is_refused(tmp_path, scene):
    path = copy_raster(scene, tmp_path / "a.vrt", driver="VRT") or tmp_path / "a.vrt"
    kernel = "<Kernel><Size>nan</Size><Coefs>1 1 1</Coefs></Kernel></KernelFilteredSource>"
    text = path.read_text().replace("</SimpleSource>", kernel).replace("SimpleSource", "KernelFilteredSource")
    path.write_text(text)
    with pytest.raises(ImageryError, match="it holds 'KernelFilteredSource'"):
        open_imagery(path)


def test_a_crs_that_no_library_understands_is_told_as_one_of_the_raster(tmp_path, scene):
    (tmp_path / "a.vrt").write_text(
        (virtual(tmp_path / "a.vrt", "scene.tif")).read_text().replace("EPSG:32737", 'PROJCS["a",UNIT["b",0]]')
    )
    with pytest.raises(ImageryError):
        look(tmp_path / "a.vrt")
