"""Product pictures: read from the source's folder, checked, made small, kept once under their content's name.

A picture that is unchanged has its file already and is not encoded again. Local paths are relative to the
source's folder (or to the folder given for pictures) and may not leave it, neither by ".." nor by a link nor as
an absolute path: a catalog from elsewhere must not copy private files into a shop. What cannot be used raises
ValueError with the reason, for the report. Knows no items.
"""

from __future__ import annotations

import hashlib
import io
import threading
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

LONG_SIDE = 768
MOST_BYTES = 30 << 20
MOST_PIXELS = 80_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
KEPT_AS_IS = {"JPEG": ".jpg", "WEBP": ".webp"}
DECODERS = 2  # pictures unpacked at once; each may take 240 MB for a moment


@dataclass(frozen=True, slots=True)
class LocalPictures:
    """Files below one folder; a bare name is also looked for in its direct subfolders ("images/")."""

    root: Path
    subfolders: tuple[Path, ...]

    @classmethod
    def below(cls, root: Path) -> LocalPictures:
        """Pictures of a source whose folder is ``root``."""
        root = root.resolve()
        return cls(root, tuple(sorted(path for path in root.iterdir() if path.is_dir())))

    def read(self, reference: str) -> bytes:
        """The bytes of a picture file."""
        path = self._find(reference.replace("\\", "/"))
        try:
            if path.stat().st_size > MOST_BYTES:
                raise ValueError(f"larger than {MOST_BYTES >> 20} MB")
            return path.read_bytes()
        except OSError as error:
            raise ValueError(f"cannot be read ({error.strerror})") from error

    def _find(self, reference: str) -> Path:
        if "\0" in reference or len(reference) > 1000:
            raise ValueError("not a file name")
        if "://" in reference or reference.startswith("data:"):
            raise ValueError("neither a file nor an http(s) address")
        for folder in (self.root, *self.subfolders):
            try:
                path = (folder / reference).resolve()
                if path.is_file():
                    return self._inside(path)
            except OSError as error:
                raise ValueError(f"not a file name ({error.strerror})") from error
        raise ValueError("no such file")

    def _inside(self, path: Path) -> Path:
        if not path.is_relative_to(self.root):
            raise ValueError(f"outside of {self.root}; give the folder of the pictures with --images")
        return path


class PictureShelf:
    """The pictures of one store: ``pictures/ab/abcdef....webp`` below its folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._decoding = threading.BoundedSemaphore(DECODERS)

    def put(self, data: bytes) -> tuple[str, bool]:
        """Keep a picture; its path relative to the store's folder, and whether it is new there.

        Raises
        ------
        ValueError
            The bytes are no usable picture.
        OSError
            The store's folder cannot be written.
        """
        digest = hashlib.sha256(data).hexdigest()[:24]
        stem = f"pictures/{digest[:2]}/{digest}"
        for suffix in KEPT_AS_IS.values():
            if (self._folder / (stem + suffix)).is_file():
                return stem + suffix, False
        with self._decoding:
            small, suffix = make_small(data)
        path = self._folder / (stem + suffix)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f"{path.name}.{threading.get_ident()}.part")
        partial.write_bytes(small)
        partial.replace(path)
        return stem + suffix, True

    def has(self, name: str) -> bool:
        """Whether a path that ``put`` gave is still there."""
        return (self._folder / name).is_file()

    def keep_only(self, names: set[str]) -> None:
        """Remove every other picture."""
        for path in (self._folder / "pictures").glob("*/*"):
            if path.relative_to(self._folder).as_posix() not in names:
                path.unlink()


def make_small(data: bytes) -> tuple[bytes, str]:
    """A picture as WebP of at most ``LONG_SIDE``, upright and RGB; small plain JPEG and WebP are kept as they are.

    Raises
    ------
    ValueError
        Not a picture, damaged, or too large to unpack.
    """
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise ValueError(f"{image.width}x{image.height} pixels are more than {MOST_PIXELS:,}")
            kind, plain = image.format or "", _is_plain(image)
            if not plain:
                image.draft("RGB", (2 * LONG_SIDE, 2 * LONG_SIDE))
            image.load()
            if plain:
                return data, KEPT_AS_IS[kind]
            small = _upright_rgb(image)
    except Image.DecompressionBombError as error:
        raise ValueError("too many pixels") from error
    except UnidentifiedImageError as error:
        raise ValueError("not a picture") from error
    except (OSError, SyntaxError, EOFError, OverflowError, MemoryError) as error:
        raise ValueError(f"a damaged picture ({str(error)[:60]})") from error
    out = io.BytesIO()
    small.save(out, "WEBP", quality=86, method=4)
    return out.getvalue(), ".webp"


def _is_plain(image: Image.Image) -> bool:
    return (
        image.format in KEPT_AS_IS
        and image.mode == "RGB"
        and max(image.size) <= LONG_SIDE
        and not getattr(image, "is_animated", False)
        and not image.getexif()
    )


def _upright_rgb(image: Image.Image) -> Image.Image:
    image.thumbnail((2 * LONG_SIDE, 2 * LONG_SIDE))
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I") or image.mode == "F":  # 16 bits a pixel
        image = image.convert("F").point(lambda level: level / 256).convert("L")
    if image.mode in ("RGBA", "LA", "PA", "P", "RGBa", "La"):
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image)
        image = ground
    image = image.convert("RGB")
    image.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    return image
