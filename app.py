"""Mercer's entrance: reads the settings, builds every object once, and hands them to the page or a command.

The only module that knows all layers. ``python app.py`` opens the page; ``python app.py --help`` lists the rest.
Libraries that take seconds to import are imported by the function that needs them, so that ``--help``,
``doctor`` and ``transcripts`` answer at once.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from agent.errors import AgentError
from retrievers.errors import RetrievalError
from store.errors import StoreError
from store.generations import StoreFolder, store_name
from ui.arguments import Run, read_arguments
from ui.errors import BadSetting, CannotListen
from ui.settings import Settings, unknown_settings

if TYPE_CHECKING:
    from agent.capability import Server
    from agent.dialogue_reader import DialogueReader
    from agent.shop import Shop
    from agent.shopping_agent import ShoppingAgent
    from retrievers.base import Encoder
    from retrievers.reranker import Spending
    from store.transcripts import Transcripts
    from training.bench import OpenStore
    from training.evaluate_history import HistoryModel

DEMO = "demo"
DEMO_NOTE = "Demo store: products, pictures, prices and shoppers are synthetic."
PORT = 7860


@dataclass(frozen=True)
class Parts:
    """One running program, finished at the end of a ``with``, since a thread inside torch then aborts the process."""

    agent: ShoppingAgent
    transcripts: Transcripts
    finish: Callable[[], None]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.finish()


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status. Known errors end with one sentence, not with a traceback."""
    arguments = command_of(argv)
    # Read by torch when it is imported: threads that wait for one another sleep instead of burning a core, which on
    # a busy machine makes a photo's vector ten times as fast.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    try:
        return int(arguments.run(arguments, Settings.from_environment()) or 0)
    except (StoreError, RetrievalError, AgentError, CannotListen, BadSetting) as error:
        print(f"Mercer: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
    return 1


def open_parts(settings: Settings, name: str) -> Parts:
    """Load models and a store, and build the agent over them."""
    from agent.examples import examples_of
    from agent.model_roles import open_roles
    from agent.photos import KeptPhotos
    from agent.shop import understanding_of
    from agent.shopping_agent import ShoppingAgent
    from store.transcripts import Transcripts

    encoder = load_encoder(settings)
    server = load_server(settings)
    shop = load_shop(settings, name, encoder, server)
    understanding = understanding_of(shop, encoder)
    roles = open_roles(server, settings.home / "models", shop, understanding)
    transcripts = Transcripts(settings.home / "transcripts.db")
    agent = ShoppingAgent(
        shop, roles.understanding, roles.runner, roles.speaker, transcripts, KeptPhotos(settings.home),
        examples_of(shop, DEMO, understanding), DEMO_NOTE if name == DEMO else "", roles.item_reader,
    )  # fmt: skip
    return Parts(agent, transcripts, roles.finish)


def load_encoder(settings: Settings) -> Encoder:
    """The configured encoder; fetches its files the first time."""
    from retrievers.encoders import load_encoder as load

    return load(settings.encoder, settings.home / "models")


def load_server(settings: Settings) -> Server | None:
    """The configured language model server, asked what it can do; None where none is configured."""
    if not settings.llm_base_url:
        return None
    from agent.capability import connect

    models = settings.home / "models"
    return connect(settings.llm_base_url, settings.llm_model, settings.llm_api_key, settings.llm_folder, models)


def load_shop(settings: Settings, name: str, encoder: Encoder, server: Server | None = None) -> Shop:
    """A store ready to be searched; the demo store is imported first when it is new or was drawn anew.

    The model of a capable server helps with ranking, as far as the milliseconds for it go.
    """
    from agent.shop import open_shop
    from retrievers.recommender import Recommender
    from retrievers.reranker import Spending
    from store.catalog import Catalog
    from store.facts import FactTable
    from store.vector_index import connect
    from training.prepare_demo import prepare_demo

    client = connect(settings.home, settings.chroma_url)
    if name == DEMO:
        prepare_demo(DEMO, settings.home, client, encoder)
    catalog = Catalog.open(settings.home, name)
    facts = FactTable(catalog.items)
    folder = StoreFolder(settings.home, name).path
    spending = Spending() if settings.rerank_ms is None else Spending(settings.rerank_ms)
    if server is not None and server.capable:
        from agent.judging import with_model

        spending = with_model(spending, server.chat)
    ranking = Recommender.open(catalog, facts, client, encoder, folder, settings.home / "models", spending)
    return open_shop(catalog, facts, ranking)


def serve(arguments: argparse.Namespace, settings: Settings) -> int:
    """Open the page."""
    from store.transcript_export import export_session
    from ui.page import PageParts, build_page, launch, page_secret, wait_until_stopped
    from ui.photos import PhotoShelf
    from ui.vote_reasons import REASONS

    print("Loading models and store …", file=sys.stderr, flush=True)
    passing_folder = tempfile.TemporaryDirectory(prefix="mercer-")  # photos of unkept visits, downloads
    with passing_folder as passing, open_parts(settings, arguments.store) as parts:
        home, shelf, exports = settings.home, PhotoShelf(Path(passing) / "photos"), Path(passing) / "exports"
        export = partial(export_session, parts.transcripts, exports)
        page = build_page(PageParts(parts.agent, parts.transcripts, export, shelf, home, page_secret(home), REASONS))
        folders = [StoreFolder(home, arguments.store).path, home / "photos", shelf.folder, exports]
        url = launch(page, arguments.host, arguments.port, folders)
        print(f"Mercer is on {url}", file=sys.stderr, flush=True)
        wait_until_stopped(page)
    return 0


def search(arguments: argparse.Namespace, settings: Settings) -> int:
    """Answer one search on the command line."""
    from agent.engines.default import small_chat
    from agent.planner import ToolRunner
    from agent.search_once import search_once
    from agent.shop import understanding_of
    from ui.json_forms import search_json, search_text

    encoder = load_encoder(settings)
    shop = load_shop(settings, arguments.store, encoder)
    understanding, models = understanding_of(shop, encoder), settings.home / "models"
    found = search_once(
        shop, understanding, ToolRunner(small_chat(models)), arguments.text, arguments.image, arguments.k
    )
    print(json.dumps(search_json(arguments.text, found)) if arguments.json else search_text(found))
    return 0


def chat(arguments: argparse.Namespace, settings: Settings) -> int:
    """Hold a conversation over standard input and output."""
    from ui.chat_command import chat_json, chat_text

    with open_parts(settings, arguments.store) as parts:
        (chat_json if arguments.json else chat_text)(parts.agent, sys.stdin, sys.stdout)
    return 0


def import_(arguments: argparse.Namespace, settings: Settings) -> int:
    """Bring a catalog into a store."""
    from retrievers.indexing import import_catalog
    from store.importer.mapping import parse_map
    from store.importer.report import render
    from store.importer.stage import ImportOptions
    from store.vector_index import connect

    options = ImportOptions(
        column_map=tuple(parse_map(text) for text in arguments.map),
        currency=arguments.currency,
        images=arguments.images,
        allow_private_urls=arguments.allow_private_urls,
        refresh_pictures=arguments.refresh_pictures,
    )
    name = arguments.store or store_name(arguments.source.stem)
    client = connect(settings.home, settings.chroma_url)
    encoder = load_encoder(settings)
    print(render(import_catalog(arguments.source, name, options, settings.home, client, encoder)))
    print(f"\nOpen it with: python app.py --store {name}")
    return 0


def import_interactions(arguments: argparse.Namespace, settings: Settings) -> int:
    """Bring in what shoppers of a store did, and fit its behaviour vectors."""
    from store.importer.interaction_report import render
    from store.vector_index import connect
    from training.import_interactions import import_interactions as bring_in

    client = connect(settings.home, settings.chroma_url)
    print(render(bring_in(arguments.source, arguments.store, settings.home, client)), end="")
    return 0


def transcripts(arguments: argparse.Namespace, settings: Settings) -> int:
    """List, show, export or forget what was kept."""
    from ui.transcripts_command import run

    run(arguments, settings.home)
    return 0


def doctor(arguments: argparse.Namespace, settings: Settings) -> int:
    """Tell what is installed and what to do about each problem."""
    from ui.doctor_command import doctor as examine

    return examine(settings, unknown_settings(), arguments.store)


def replies(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write made-up turns about some of a store's items, with the replies that a language model is to learn."""
    from agent.drills import write_drills
    from training.ilm_material import items_of

    encoder = load_encoder(settings)
    shop = load_shop(settings, arguments.store, encoder)
    items = items_of(shop.catalog, arguments.part)
    write_drills(shop, items, first_messages(shop, encoder), arguments.count, arguments.seed, arguments.out)
    print(f"{arguments.out}: {arguments.count} turns about {len(items)} items")
    return 0


def first_messages(shop: Shop, encoder: Encoder) -> list[str]:
    """The texts that a page of this shop shows to try."""
    from agent.examples import examples_of
    from agent.shop import understanding_of

    return [example.text for example in examples_of(shop, DEMO, understanding_of(shop, encoder))]


def evaluate(arguments: argparse.Namespace, settings: Settings) -> int:
    """Measure retrievers on queries or dialogues, what reranking buys, item tokens, or guesses after a history."""
    from training.evaluate_dialogue import main as measure_dialogue
    from training.evaluate_history import main as measure_history
    from training.evaluate_ilm import main as measure_item_tokens
    from training.evaluate_rerank import main as measure_rerank
    from training.evaluate_retrieval import main as measure_retrieval

    common = arguments.rest, settings.home, lambda: load_encoder(settings), settings.chroma_url
    if arguments.what == "ilm":
        return measure_item_tokens(*common)
    if arguments.what == "replies":
        return measure_replies(settings, arguments.rest)
    if arguments.what == "history":
        return measure_history(*common, lambda store: model_of_histories(store, settings))
    if arguments.what == "rerank":
        return measure_rerank(*common, reader_of, lambda: model_to_measure(settings))
    measure = measure_retrieval if arguments.what == "retrieval" else measure_dialogue
    return measure(*common, reader_of)


def measure_replies(settings: Settings, rest: Sequence[str]) -> int:
    """Whether a model's replies are true as they come, on items that no training sees."""
    from agent.reply_trial import main as measure
    from training.ilm_material import items_of

    encoder = load_encoder(settings)
    shop_of, examples = partial(load_shop, settings, encoder=encoder), partial(first_messages, encoder=encoder)
    return measure(rest, shop_of, lambda catalog: items_of(catalog, "test"), examples, settings.home, DEMO)


def model_to_measure(settings: Settings) -> Spending:
    """The configured model as judge and writer of keywords, be it capable or not."""
    from agent.judging import with_model
    from retrievers.reranker import Spending

    server = load_server(settings)
    if server is None:
        raise BadSetting("MERCER_LLM_BASE_URL is not set; --model measures the language model that it names.")
    return with_model(Spending(), server.chat)


def model_of_histories(store: OpenStore, settings: Settings) -> HistoryModel:
    """The model that the program would speak through, be it capable or not, as judge of what comes next."""
    from agent.model_roles import open_letter_judge
    from training.evaluate_history import HistoryModel

    judge, name, tokens = open_letter_judge(load_server(settings), store.models, _shop_of(store))
    return HistoryModel(name, judge, tokens)


def reader_of(store: OpenStore) -> DialogueReader:
    """The agent's default understanding of dialogues about a store that is measured."""
    from agent.dialogue_reader import dialogue_reader

    return dialogue_reader(_shop_of(store), store.encoder)


def _shop_of(store: OpenStore) -> Shop:
    from agent.shop import open_shop
    from retrievers.recommender import Recommender

    recommender = Recommender(store.catalog, store.facts, store.queries, store.hybrid)
    return open_shop(store.catalog, store.facts, recommender)


def train(arguments: argparse.Namespace, settings: Settings) -> int:
    """Train a store's generative retriever (a quarter of an hour on two cores); until then it is served as before."""
    from retrievers.semantic_ids import IndexMethod
    from training.train_store import Indexing, train_store

    indexing = Indexing(IndexMethod(arguments.index_method), arguments.interactions)
    encoder = load_encoder(settings)
    where = settings.home, encoder, reader_of, settings.chroma_url
    file = train_store(arguments.store, *where, arguments.resume, arguments.out, indexing)
    print(f"{file}: {file.stat().st_size / 1e6:.1f} MB. It is used from the next start on.")
    return 0


COMMANDS: tuple[Run, ...] = (
    search, chat, import_, import_interactions, transcripts, doctor, train, replies, evaluate,
)  # fmt: skip


def command_of(argv: Sequence[str] | None) -> argparse.Namespace:
    """The command and its arguments; a store that is named nowhere is the command's own default."""
    return read_arguments(argv, __doc__.split("\n\n")[0], serve, COMMANDS, DEMO, PORT)


if __name__ == "__main__":
    sys.exit(main())
