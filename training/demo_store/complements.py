"""Which types of product go together: after the key, a shopper often looks for one of the values.

A plain table, so that anyone can see why two things were bought together. Names are plural type names of the
catalog; a test checks that each exists.
"""

from __future__ import annotations

from collections.abc import Mapping

COMPLEMENTS: Mapping[str, tuple[str, ...]] = {
    # apparel
    "Dresses": ("Pumps", "Handbags", "Cardigans"),
    "Jumpsuits": ("Pumps", "Blazers"),
    "Blouses": ("Skirts", "Trousers"),
    "Shirts": ("Trousers", "Blazers"),
    "T-Shirts": ("Jeans", "Shorts", "Sneakers"),
    "Sweaters": ("Jeans", "Scarves"),
    "Hoodies & Sweatshirts": ("Sneakers", "Caps"),
    "Jackets": ("Jeans", "T-Shirts"),
    "Padded Jackets": ("Beanies", "Boots"),
    "Blazers": ("Trousers", "Shirts"),
    "Coats": ("Scarves", "Boots"),
    "Jeans": ("Belts", "T-Shirts", "Sneakers"),
    "Trousers": ("Belts", "Shirts", "Loafers"),
    "Skirts": ("Blouses", "Boots"),
    # footwear, bags and accessories
    "Pumps": ("Handbags", "Dresses"),
    "Boots": ("Scarves", "Jeans"),
    "Rain Boots": ("Umbrellas", "Jackets"),
    "Running Shoes": ("Water Bottles", "Caps"),
    "Sandals": ("Sun Hats", "Sunglasses", "Tote Bags"),
    "Loafers": ("Belts", "Trousers"),
    "Handbags": ("Wallets", "Pumps"),
    "Beanies": ("Gloves", "Scarves"),
    "Sun Hats": ("Sunglasses", "Sandals"),
    # home
    "Table Lamps": ("Side Tables", "Vases"),
    "Floor Lamps": ("Armchairs", "Rugs"),
    "Armchairs": ("Cushions", "Throws", "Floor Lamps"),
    "Cushions": ("Throws", "Cushions"),
    "Throws": ("Cushions", "Candles"),
    "Rugs": ("Armchairs", "Side Tables"),
    "Side Tables": ("Table Lamps", "Plant Pots"),
    "Candles": ("Vases", "Throws"),
    "Vases": ("Candles", "Plant Pots"),
    "Plant Pots": ("Plant Pots", "Storage Baskets"),
    "Mirrors": ("Wall Clocks", "Table Lamps"),
    # kitchen
    "Kettles": ("Teapots", "Mugs"),
    "Teapots": ("Mugs", "Kettles"),
    "Coffee Makers": ("Mugs", "Kettles"),
    "Mugs": ("Mugs", "Coffee Makers"),
    "Plates": ("Bowls", "Mugs"),
    "Bowls": ("Plates",),
    "Kitchen Knives": ("Cutting Boards",),
    "Cutting Boards": ("Kitchen Knives",),
    "Frying Pans": ("Saucepans", "Kitchen Knives"),
    "Saucepans": ("Frying Pans", "Storage Jars"),
    # outdoor
    "Tents": ("Sleeping Bags", "Lanterns", "Camping Chairs"),
    "Sleeping Bags": ("Lanterns", "Trekking Backpacks"),
    "Camping Chairs": ("Coolers", "Lanterns"),
    "Trekking Backpacks": ("Water Bottles", "Sleeping Bags", "Trekking Poles"),
    "Trekking Poles": ("Trekking Backpacks", "Water Bottles"),
    "Coolers": ("Water Bottles", "Camping Chairs"),
    "Hammocks": ("Parasols", "Lanterns"),
    "Parasols": ("Hammocks", "Coolers"),
}
