"""What still works where torch is not installed: it must not be imported by any of it."""

import subprocess
import sys
from pathlib import Path


def test_labels_are_collected_without_torch_and_scoring_says_what_is_missing(tiny_scene, tmp_path):
    script = Path(__file__).with_name("without_torch.py")
    command = [sys.executable, script, tiny_scene, tmp_path / "campaign"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=100)
    said = dict(line.split(" ", 1) for line in ended.stdout.splitlines() if " " in line)
    assert said.get("done") == "1", ended.stderr[-3000:]
    assert "torch, " in said["said"] or "segmentation-models-pytorch, torch" in said["said"]


def test_the_plugin_loads_where_none_of_the_packages_is_there():
    packages = "numpy", "torch", "shapely", "geopandas", "pandas", "rasterio", "pyogrio", "scipy", "safetensors"
    modules = "main", "session", "dock.dock", "processing.provider", "options_page"
    lines = ["import sys", f"sys.modules.update(dict.fromkeys({packages!r}))"]
    lines += [f"import tiletriage.plugin.{module}" for module in modules]
    ended = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, timeout=100)
    assert ended.returncode == 0, ended.stderr[-3000:]
