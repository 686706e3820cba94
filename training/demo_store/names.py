"""Invented brands and style names. None is meant to be that of a real company."""

from __future__ import annotations

from collections.abc import Mapping

BRANDS: Mapping[str, tuple[str, ...]] = {
    "Apparel": ("Brackenby", "Lunaire Row", "Hollowell", "Tessaly", "Ostrand", "Fennmoor"),
    "Footwear": ("Strideholm", "Cobbleton", "Marrowick", "Velloro", "Tarn & Last"),
    "Bags & Accessories": ("Pellworth", "Quillon", "Ambrose Lane", "Wexcombe", "Dovetail Row"),
    "Home": ("Hearthwell", "Lindenhus", "Moorland Kiln", "Ottavane", "Softfold"),
    "Kitchen": ("Panbourne", "Kettlewick", "Ovenbird Works", "Saltmarsh", "Grainhill"),
    "Outdoor": ("Ridgefall", "Campenholt", "Tarnpeak", "Farrowind", "Stillwater Kit"),
}

_STYLE_WORDS = """
Marlow Arden Bexley Calder Denby Elwood Farley Glenmore Harlow Ivers Juniper Kestrel Larkin Merrow Norfolk
Orla Penrose Quincy Rowan Selby Thorne Umbra Vesper Willow Yarrow Zephyr Alva Briar Corin Delphi Ember Fable
Garnet Heath Isla Jasper Keaton Linden Maren Nell Oakley Piper Quill Romy Sable Tamsin Una Vale Wren Yara
Aspen Birch Clover Dahlia Esker Fern Grove Hazel Iris Jura Kelda Lotte Moss Nori Otis Petra Reed Sorrel
Tilda Ulma Verity Wilder Xenia Yule Zora Anson Blythe Cove Dune Elara Fjord Greta Haven Inez Jory Kit Luma
Mira Nova Opal Pax Rhea Sutton Tide Vida Weston Avery Bramble Cypress Dorset Eden Flint Gale Hollis Indra
Joss Knoll Lyra Mabel Nico Orion Poppy Ridley Sage Tansy Velda Winslow Amber Bodie Cleo Dara Ellis Faro Gwen
Huxley Ida Jola Koda Leith Milo Nixie Odell Perrin Rune Sylvie Teagan Vero Wynn Alba Bryn Cass Drew Etta
Finch Gia Hale Ilsa Jonah Kaia Lenox Maeve Nash Oona Pia Remy Saskia Tova Viggo Wade Ansel Bay Cedar Dove
Elin Frey Gilda Hugo Ives Juno Keir Lark Minna Nels Olive Prue Rafe Stella Tully Vivi Wells Adair Beck Carys
Darcy Emlyn Faye Gray Holt Imre June Kip Lane Mori Nevis Onyx Pell Rory Senna Troy Vaila Wick
"""

STYLES: tuple[str, ...] = tuple(_STYLE_WORDS.split())
