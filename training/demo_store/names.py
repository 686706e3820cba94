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
Isla Jasper Keaton Linden Maren Nell Piper Quill Romy Sable Tamsin Una Vale Wren Yara Aspen Esker Jura Kelda
Lotte Nori Otis Petra Sorrel Tilda Ulma Verity Wilder Xenia Yule Zora Anson Blythe Cove Elara Fjord Greta
Haven Inez Jory Luma Mira Nova Pax Rhea Sutton Vida Weston Avery Bramble Cypress Dorset Eden Gale Hollis
Indra Joss Knoll Lyra Mabel Nico Orion Ridley Tansy Velda Winslow Bodie Cleo Dara Ellis Faro Gwen Huxley Ida
Jola Koda Leith Milo Nixie Odell Perrin Rune Sylvie Teagan Vero Wynn Alba Bryn Cass Drew Etta Finch Gia Hale
Ilsa Jonah Kaia Lenox Maeve Nash Oona Pia Remy Saskia Tova Viggo Wade Ansel Elin Frey Gilda Hugo Ives Juno
Keir Lark Minna Nels Prue Rafe Stella Tully Vivi Wells Adair Beck Carys Darcy Emlyn Faye Holt Imre Kip Mori
Nevis Pell Rory Senna Troy Vaila Wick Abbot Aldin Amory Anwick Ardell Aubrey Aldora Bardon Barrow Belmar
Benton Bevan Bowen Brae Brecon Briony Burwell Caldon Camber Carlin Caspian Cholsey Clement Colby Conway
Corran Croft Dalton Dalby Darrow Delmar Devlin Doran Dunmore Eastry Edlyn Elgar Elmore Emory Ennis Ewan
Fallon Farrow Felden Fenwick Fintry Galen Gilmore Glynn Halden Hadley Harben Haswell Henley Hythe Ingram
Isford Kelso Kemble Kendal Kirby Laith Lanark Larne Ledbury Lorne Ludlow Lyndon Malin Marden Mayfair Medley
Melrose Minto Morven Nairn Nelby Norby Oban Olney Orford Osmond Oswin Padbury Parrish Peverel Pinner Radley
Ramsey Renwick Ripley Rosden Rothby Rydal Saltby Sandon Selwyn Shelby Skelton Somers Stroud
"""

STYLES: tuple[str, ...] = tuple(_STYLE_WORDS.split())
