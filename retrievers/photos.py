"""Open whatever a shopper uploads as a photo: upright, in RGB and of a sane size; or say kindly why not.

Phones write 60-megapixel pictures, print shops CMYK, screenshots have transparency, and people rename files. All of
that becomes the small RGB picture that an encoder needs, decoded at reduced size where the format allows it. Only
plain raster formats are tried: some of Pillow's other readers start external programs.

This module knows nothing of encoders.
"""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import ExifTags, Image, UnidentifiedImageError

from retrievers.errors import PhotoError

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
MAX_SIDE = 1024  # what is kept; encoders need 224 to 384
MAX_PIXELS = 80_000_000  # a picture with more is refused unread
MAX_BYTES = 50_000_000
GRAIN = 16  # cells a side in which a photo is looked at as a whole
LEAST_CONTRAST = 8  # of 255, between two such cells
WHITE = (255, 255, 255, 255)
BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, struct.error, zlib.error)
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # EXIF orientation -> what makes it upright


def open_photo(path: Path | str) -> Image.Image:
    """The picture in ``path`` as a person sees it: RGB, upright, at most ``MAX_SIDE`` pixels a side.

    The first frame of an animation; transparency on white; as much of a truncated file as there is.

    Raises
    ------
    PhotoError
        Not a picture, too large to open safely, or too broken to show anything. The message is for the shopper.
    """
    path = Path(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PhotoError(f"That photo is larger than {MAX_BYTES // 1_000_000} MB; please send a smaller one.")
        with Image.open(path, formats=FORMATS) as image:
            _require_sane_size(image)
            _decode(image)
            return _upright_rgb(image)
    except FileNotFoundError as error:
        raise PhotoError("That photo is no longer there; please send it again.") from error
    except UnidentifiedImageError as error:
        raise PhotoError(
            "I could not open that file as a photo; please send a JPEG, PNG, WebP, GIF, BMP, TIFF or AVIF picture."
        ) from error
    except Image.DecompressionBombError as error:
        raise PhotoError("That photo has more pixels than I can open; please send a smaller version.") from error
    except BROKEN as error:
        raise PhotoError("That photo seems to be damaged; please send it again or try another one.") from error


def shows_nothing(photo: Image.Image) -> bool:
    """Whether a photo is of one colour all over, as with a covered lens: what is near it is near by colour alone."""
    small = photo.convert("RGB").resize((GRAIN, GRAIN), Image.Resampling.BOX)  # the noise of a dark photo goes
    values = np.asarray(small, dtype=np.int16)  # (GRAIN, GRAIN, 3)
    return int((values.max(axis=(0, 1)) - values.min(axis=(0, 1))).max()) <= LEAST_CONTRAST


def _require_sane_size(image: Image.Image) -> None:
    if (pixels := image.width * image.height) > MAX_PIXELS:
        raise PhotoError(
            f"That photo has {pixels // 1_000_000} megapixels, more than I can open; please send a smaller version."
        )


def _decode(image: Image.Image) -> None:
    """Read the first frame, a JPEG at 1/2, 1/4 or 1/8 of its size; keep the part that a truncated file has.

    Pillow's switch for truncated files is global and would change every other reader in the process; instead, the
    part decoded before the error is kept, unless it shows nothing.
    """
    image.draft("RGB", (MAX_SIDE, MAX_SIDE))
    try:
        image.load()
    except BROKEN:
        if not hasattr(image, "tile") or image.width == 0:
            raise
        image.tile = []  # nothing left to read: what is there counts as the picture
        lowest, highest = np.asarray(image.convert("L")).min(), np.asarray(image.convert("L")).max()
        if lowest == highest:
            raise


def _upright_rgb(image: Image.Image) -> Image.Image:
    """Shrunk, flattened and turned."""
    turn = TURNS.get(_orientation(image))
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        image = _from_deep_grey(image)
    if image.mode in ("P", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
    image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.BICUBIC, reducing_gap=2.0)
    if image.has_transparency_data:
        rgba = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", rgba.size, WHITE), rgba)
    upright = image.convert("RGB")
    return upright.transpose(turn) if turn is not None else upright


def _orientation(image: Image.Image) -> int:
    """The EXIF orientation, 1 (upright) where there is none or the EXIF block is broken."""
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except (*BROKEN, TypeError):
        return 1


def _from_deep_grey(image: Image.Image) -> Image.Image:
    """More than 8 bits of grey, scaled so that the brightest pixel is white."""
    grey = np.nan_to_num(np.asarray(image, dtype=np.float32))
    return Image.fromarray((255 * np.clip(grey / max(float(grey.max()), 1.0), 0, 1)).astype(np.uint8))
