"""Results of simulations, made by hand: learning curves that are straight lines."""

import json

BUDGETS = (0, 10, 20, 40, 80)


def line(strategy="random", tiles=0, iou=0.5, seed=0, region="village", **others):
    """One result as a simulation would write it; F1 lies 0.1 above the IoU and those of footprints 0.2 below it."""
    return {
        "region": region,
        "strategy": strategy,
        "seed": seed,
        "tiles": tiles,
        "minutes": tiles / 2,
        "map_iou": iou,
        "map_f1": iou - 0.2,
        "iou": iou,
        "f1": iou + 0.1,
        "footprint_f1": iou - 0.2,
        "matched_iou": 0.8,
        "predicted_iou_mae": 0.25 if tiles else None,
        "predicted_iou_rho": 0.5 if tiles else None,
        "predicted_iou_rho_non_empty": None,
        "seconds": 3.0 * tiles,
        "built_tiles": tiles // 2,
        "pool_tiles": 400,
        "exam_tiles": 48,
        "gsd_metres": 0.15,
        "tile_size_px": 128,
        "start": "without-village",
        "fine_tuning": "abc",
        "protocol": "loop",
        "measured_on": "held-out",
        "code": "0123abcd",
        "accepted": None,
        "key": f"{region}/{strategy}/{seed}/abc",
        **others,
    }


def straight(strategy, slope, offsets=(0.0, 0.0), budgets=BUDGETS, **others):
    """A curve that begins at IoU 0.5 and gains ``slope`` a tile; each seed lies an offset above it all along."""
    return [
        line(strategy, tiles, 0.5 + slope * tiles + offset, seed, **others)
        for seed, offset in enumerate(offsets)
        for tiles in budgets
    ]


def write(path, lines):
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path
