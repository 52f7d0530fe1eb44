"""A screenshot in, a picture a third as large out: its 256 most frequent colours, and for the others the nearest of those."""

import base64
import struct
import zlib

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page

COLOURS = 256
SIGNATURE = b"\x89PNG\r\n\x1a\n"
DECODE = """async (encoded) => {
  const bytes = Uint8Array.from(atob(encoded), (c) => c.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const context = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, picture.width, picture.height);
  let text = "";
  for (let i = 0; i < data.length; i += 32768) text += String.fromCharCode(...data.subarray(i, i + 32768));
  return [picture.height, picture.width, btoa(text)];
}"""

Pixels = NDArray[np.uint8]  # [height, width, 3]


def smaller(png: bytes, page: Page) -> bytes:
    """The browser reads the picture; what page it shows does not matter."""
    height, width, data = page.evaluate(DECODE, base64.b64encode(png).decode())
    pixels = np.frombuffer(base64.b64decode(data), np.uint8).reshape(height, width, 4)
    return indexed(pixels[:, :, :3])


def indexed(pixels: Pixels) -> bytes:
    """https://www.w3.org/TR/png-3, colour type 3."""
    height, width, _ = pixels.shape
    colours, places, counts = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    kept = colours[np.argsort(-counts, kind="stable")[:COLOURS]]
    apart = ((colours[:, None, :].astype(int) - kept[None, :, :].astype(int)) ** 2).sum(axis=2)
    rows = apart.argmin(axis=1).astype(np.uint8)[places].reshape(height, width)
    unfiltered = np.hstack([np.zeros((height, 1), np.uint8), rows]).tobytes()
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = [(b"IHDR", header), (b"PLTE", kept.tobytes()), (b"IDAT", zlib.compress(unfiltered, 9)), (b"IEND", b"")]
    return SIGNATURE + b"".join(struct.pack(">I", len(body)) + kind + body + _check(kind + body) for kind, body in parts)


def _check(body: bytes) -> bytes:
    return struct.pack(">I", zlib.crc32(body))
