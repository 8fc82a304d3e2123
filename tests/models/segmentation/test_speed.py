from tiletriage.models.segmentation.speed import probe_speed


def test_the_probe_tells_tiles_a_second_and_the_device(bright_predictor):
    job = probe_speed(bright_predictor.network, bands=3, tile_size_px=32)
    fractions = []
    while True:
        try:
            fractions.append(next(job))
        except StopIteration as end:
            speed = end.value
            break
    assert fractions == sorted(fractions) and fractions[-1] == 1
    assert speed.tiles_per_second > 0 and speed.device in ("cpu", "cuda", "mps")
