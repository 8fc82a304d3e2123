"""A server of this computer that gives pictures by zoom, column and row, as the XYZ layers of QGIS want them."""

import math
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import numpy as np
from PIL import Image

HALF = math.pi * 6378137
ZOOM, COLUMN, ROW = 19, 319_291, 270_959  # of the first picture; near Zanzibar
SIDE = 2 * HALF / 2**ZOOM  # of a picture, in metres of Web Mercator
PIXEL = SIDE / 256
LEFT, TOP = -HALF + COLUMN * SIDE, HALF - ROW * SIDE


def photograph(column, row):
    """256 x 256 px of stripes, other ones for every picture."""
    pixels = np.zeros((256, 256, 3), np.uint8)
    pixels[..., 0] = column % 100
    pixels[..., 1] = row % 100
    pixels[..., 2] = np.arange(256)
    return pixels


class Server(ThreadingHTTPServer):
    """Answers every request for a picture by what ``answers`` gives for (zoom, column, row): bytes or a status."""

    def __init__(self, answers):
        super().__init__(("127.0.0.1", 0), Answer)
        self.answers = answers
        self.asked = []

    @property
    def source(self):
        url = f"http://127.0.0.1:{self.server_port}/%7Bz%7D/%7Bx%7D/%7By%7D"
        return f"type=xyz&url={url}&zmax={ZOOM}&zmin={ZOOM - 1}"


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        place = tuple(map(int, self.path.strip("/").split("/")))
        self.server.asked.append(place)
        answer = self.server.answers(*place)
        if isinstance(answer, int):
            self.send_error(answer)
            return
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.send_header("Content-Length", str(len(answer)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


def png(pixels):
    file = BytesIO()
    Image.fromarray(pixels).save(file, "png")
    return file.getvalue()
