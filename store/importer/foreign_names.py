"""What shops call their columns, options and stock in German, French, Spanish, Italian and Dutch.

Names are in the spelling of ``folded``. Left out are words that an English column has for something else ("genre",
"art", "note"). Knows words alone: what is done with a column is told in ``mapping``, with a value in ``normalise``.
"""

from __future__ import annotations

import unicodedata

# Fact: columns that obviously mean it, best first.
FOREIGN: dict[str, tuple[str, ...]] = {
    "id": ("artikelnummer", "artikel_nummer", "artikelnr", "artikel_nr", "art_nr", "artnr", "artikel_id",
           "produkt_id", "produktnummer", "bestellnummer", "identifiant", "reference_produit", "ref_produit",
           "reference", "code_article", "code_produit", "id_produit", "codigo", "codigo_producto", "id_producto",
           "referencia",
           "codice", "codice_articolo", "codice_prodotto", "id_prodotto", "riferimento", "productnummer",
           "artikelcode", "productcode"),
    "title": ("titel", "produkttitel", "produktname", "produktbezeichnung", "artikelname", "artikelbezeichnung",
              "bezeichnung", "titre", "nom_du_produit", "nom_produit", "designation", "libelle", "nom",
              "titulo", "nombre_del_producto", "nombre_producto", "nombre", "titolo", "nome_prodotto",
              "nome_del_prodotto", "nome", "productnaam", "artikelnaam", "naam"),
    "description": ("beschreibung", "produktbeschreibung", "artikelbeschreibung", "langbeschreibung", "langtext",
                    "kurzbeschreibung", "descriptif", "description_longue", "description_courte", "descripcion",
                    "descripcion_larga", "descripcion_corta", "descrizione", "descrizione_lunga",
                    "descrizione_breve", "omschrijving", "beschrijving", "productomschrijving"),
    "price": ("preis", "verkaufspreis", "bruttopreis", "endpreis", "einzelpreis", "listenpreis", "prix", "prix_ttc",
              "prix_de_vente", "prix_unitaire", "precio", "precio_de_venta", "precio_venta", "pvp", "prezzo",
              "prezzo_di_vendita", "prezzo_vendita", "prijs", "verkoopprijs", "adviesprijs"),
    "sale_price": ("aktionspreis", "angebotspreis", "sonderpreis", "sale_preis", "prix_promo", "prix_promotionnel",
                   "prix_solde", "prix_remise", "precio_oferta", "precio_de_oferta", "precio_rebajado",
                   "prezzo_scontato", "prezzo_offerta", "prezzo_promozionale", "aanbiedingsprijs", "actieprijs",
                   "kortingsprijs"),
    "former_price": ("alter_preis", "statt_preis", "streichpreis", "ursprungspreis", "ancien_prix", "prix_barre",
                     "prix_initial", "precio_anterior", "precio_original", "prezzo_precedente", "prezzo_originale",
                     "oude_prijs", "van_prijs", "adviesprijs", "listenpreis"),
    "currency": ("wahrung", "waehrung", "devise", "monnaie", "moneda", "divisa", "valuta"),
    "availability": ("verfugbarkeit", "verfuegbarkeit", "lieferbarkeit", "verfugbar", "lieferbar", "disponibilite",
                     "disponible", "disponibilidad", "disponibilita", "disponibile", "beschikbaarheid",
                     "beschikbaar"),
    "stock": ("bestand", "lagerbestand", "quantite", "quantite_en_stock", "cantidad",
              "existencias", "quantita", "giacenza", "voorraad"),
    "brand": ("marke", "hersteller", "marque", "fabricant", "marca", "fabricante", "produttore", "merk", "fabrikant"),
    "product_type": ("kategorie", "kategorien", "categorie", "categories", "categoria", "categorias",
                     "produktkategorie", "produktgruppe", "warengruppe", "hauptkategorie", "produkttyp", "produktart",
                     "unterkategorie", "sous_categorie", "subcategoria", "sottocategoria", "subcategorie",
                     "categorie_produit", "type_de_produit", "tipo_de_producto", "tipo_prodotto", "productgroep",
                     "productsoort"),
    "link": ("produktlink", "produkt_url", "lien", "lien_produit", "enlace", "collegamento", "produkturl"),
    "image_link": ("bild", "bilder", "bild_url", "bildlink", "bildurl", "produktbild", "bilddatei", "image_produit",
                   "lien_image", "imagen", "imagenes", "url_imagen", "immagine", "immagini", "url_immagine", "foto",
                   "fotos", "afbeelding", "afbeeldingen", "afbeelding_url"),
    "color": ("farbe", "farben", "hauptfarbe", "couleur", "couleurs", "colores", "colore", "colori", "kleur",
              "kleuren"),
    "size": ("grosse", "groesse", "grossen", "taille", "tailles", "talla", "tallas", "tamano", "taglia", "taglie",
             "maat", "maten"),
    "material": ("materialien", "stoff", "matiere", "matiere_principale", "materiau", "materiales", "materiale",
                 "materiali", "materiaal"),
    "gender": ("geschlecht", "sexe", "sexo", "sesso", "geslacht"),
    "age_group": ("altersgruppe", "groupe_d_age", "grupo_de_edad", "fascia_di_eta", "leeftijdsgroep"),
    "rating": ("bewertung", "durchschnittsbewertung", "valoracion", "valutazione", "beoordeling"),
    "rating_count": ("anzahl_bewertungen", "nombre_d_avis", "numero_de_valoraciones", "numero_recensioni",
                     "aantal_beoordelingen"),
}  # fmt: skip

# Columns that name the same path, from broad to narrow.
FOREIGN_LEVELS = ("hauptkategorie", "warengruppe", "kategorie", "categorie", "categoria", "unterkategorie",
                  "sous_categorie", "subcategoria", "sottocategoria", "subcategorie")  # fmt: skip

IN_STOCK = ("en_stock", "disponible", "oui", "si", "en_existencia", "disponibile", "in_magazzino", "op_voorraad",
            "leverbaar", "beschikbaar", "vorratig", "sofort_lieferbar")  # fmt: skip
OUT_OF_STOCK = ("rupture_de_stock", "en_rupture", "epuise", "indisponible", "non", "agotado", "sin_stock",
                "no_disponible", "esaurito", "non_disponibile", "uitverkocht", "niet_op_voorraad", "niet_leverbaar",
                "niet_beschikbaar", "nee", "nicht_auf_lager", "nicht_vorratig", "vergriffen")  # fmt: skip


def folded(name: str) -> str:
    """A name without accents: "größe" gives "grosse", "catégorie" gives "categorie"."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
