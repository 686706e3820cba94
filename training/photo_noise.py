"""Make a clean catalog picture look like a photo from a phone: the augmentation of the image tower's training.

Torchvision is not used: its compiled half does not load everywhere, and Pillow has all that is needed.
"""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter


def as_phone_photo(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """A random view: other background, crop, tilt, light, blur, noise and JPEG loss; each only sometimes."""
    if rng.random() < 0.35:
        image = _on_clutter(image, rng)
    if rng.random() < 0.7:
        image = _crop(image, rng)
    if rng.random() < 0.5:
        image = _tilt(image, rng)
    if rng.random() < 0.5:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    image = _relight(image, rng)
    if rng.random() < 0.3:
        image = _lose_detail(image, rng)
    return image


def _crop(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    width, height = image.size
    keep = np.sqrt(rng.uniform(0.45, 1.0))
    new = (max(8, int(width * keep * rng.uniform(0.9, 1.0))), max(8, int(height * keep)))
    left, top = int(rng.integers(0, width - new[0] + 1)), int(rng.integers(0, height - new[1] + 1))
    return image.crop((left, top, left + new[0], top + new[1]))


def _tilt(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """A small rotation and a perspective, filled with the colour of a corner."""
    width, height = image.size
    corner = image.getpixel((0, 0))
    image = image.rotate(rng.uniform(-20, 20), Image.Resampling.BILINEAR, fillcolor=corner)
    shifts = rng.uniform(0, 0.12, 8) * np.array([width, height] * 4)
    quad = np.array([0, 0, 0, height, width, height, width, 0], dtype=float)
    quad += shifts * np.array([1, 1, 1, -1, -1, -1, -1, 1])
    return image.transform(
        (width, height), Image.Transform.QUAD, tuple(quad), Image.Resampling.BILINEAR, fillcolor=corner
    )


def _relight(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Brightness, contrast, saturation and a mild cast of colour: names of colours must stay true."""
    image = ImageEnhance.Brightness(image).enhance(rng.uniform(0.7, 1.25))
    image = ImageEnhance.Contrast(image).enhance(rng.uniform(0.75, 1.25))
    image = ImageEnhance.Color(image).enhance(rng.uniform(0.8, 1.2))
    cast = rng.uniform(0.93, 1.07, 3)
    return Image.fromarray(np.clip(np.asarray(image, dtype=np.float32) * cast, 0, 255).astype(np.uint8))


def _lose_detail(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Few pixels, blur, noise and JPEG blocks."""
    if rng.random() < 0.4:
        few = float(rng.uniform(60, 160)) / max(image.size)
        image = image.resize((max(8, int(image.width * few)), max(8, int(image.height * few))))
    image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.2, 1.5)))
    noisy = np.asarray(image, dtype=np.float32) + rng.normal(0, rng.uniform(1, 10), (*image.size[::-1], 3))
    image = Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=int(rng.integers(25, 80)))
    return Image.open(buffer).convert("RGB")


def _on_clutter(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Replace a plain, light border-connected background by a gradient with blurred shapes on it."""
    pixels = np.asarray(image, dtype=np.int16)
    border = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    colour = np.median(border, axis=0)
    if np.abs(border - colour).mean() > 12:
        return image  # not a plain background
    flooded = image.copy()
    marker = (255, 0, 254)
    for corner in ((0, 0), (image.width - 1, 0), (0, image.height - 1), (image.width - 1, image.height - 1)):
        ImageDraw.floodfill(flooded, corner, marker, thresh=40)
    mask = Image.fromarray(np.where((np.asarray(flooded) == marker).all(-1), 255, 0).astype(np.uint8))
    return Image.composite(_clutter(image.size, rng), image, mask.filter(ImageFilter.GaussianBlur(1)))


def _clutter(size: tuple[int, int], rng: np.random.Generator) -> Image.Image:
    """A smooth field of colour with a few shapes, as an untidy table looks out of focus."""
    field = Image.fromarray(rng.integers(40, 230, (3, 3, 3)).astype(np.uint8)).resize(size, Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(field)
    for _ in range(int(rng.integers(0, 8))):
        x, y = int(rng.integers(0, size[0])), int(rng.integers(0, size[1]))
        width, height = int(rng.integers(5, max(6, size[0] // 2))), int(rng.integers(5, max(6, size[1] // 2)))
        shape = draw.ellipse if rng.random() < 0.5 else draw.rectangle
        shape((x, y, x + width, y + height), fill=tuple(int(v) for v in rng.integers(0, 255, 3)))
    return field.filter(ImageFilter.GaussianBlur(rng.uniform(1, 6)))
