"""``doctor``: what is installed, which models, which engine, which store, and what to do about each problem."""

from __future__ import annotations

import platform
import sys
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from store.catalog import read_hashes
from store.errors import StoreError
from store.generations import Pointer, StoreFolder, list_stores
from store.sqlite_file import integrity
from store.vector_index import connect
from store.weights import LITE0, MINILM, SMOLLM2, is_fetched

if TYPE_CHECKING:
    from agent.engines.server import ServerChat

_LIBRARIES = ("torch", "transformers", "open_clip_torch", "chromadb", "langchain", "gradio", "sqlite-utils", "bm25s")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; ``remedy`` is "" where nothing is to be done."""

    subject: str
    says: str
    remedy: str = ""


def examine(
    home: Path,
    chroma_url: str | None,
    encoder: str,
    llm_base_url: str | None,
    llm_folder: Path | None,
    rerank_ms: float | None,
) -> Iterator[Finding]:
    """Every finding, one by one as it is made; looks only, changes nothing."""
    yield Finding("Python", f"{platform.python_version()} on {platform.machine()}")
    yield from _libraries()
    yield _home(home)
    yield from _models(home / "models", encoder, llm_base_url is None)
    llm = yield from _engine(home / "models", llm_base_url, llm_folder)
    yield _reranking(rerank_ms, llm_base_url)
    yield from _stores(home, chroma_url, encoder, llm)
    yield _transcripts(home / "transcripts.db")


def report(findings: Iterable[Finding], out: TextIO) -> int:
    """Print findings; returns how many need something to be done."""
    problems = 0
    for finding in findings:
        problems += bool(finding.remedy)
        mark = "!" if finding.remedy else "ok"
        print(f"{mark:>2}  {finding.subject:<13} {finding.says}", file=out, flush=True)
        if finding.remedy:
            print(f"    {'':<13} -> {finding.remedy}", file=out, flush=True)
    print(f"\n{problems} problem{'s' * (problems != 1)} found.", file=out)
    return problems


def _libraries() -> Iterator[Finding]:
    versions = []
    for name in _LIBRARIES:
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            yield Finding("libraries", f"{name} is not installed", "pip install -e .")
    yield Finding("libraries", ", ".join(versions))


def _home(home: Path) -> Finding:
    parent = next(path for path in (home, *home.parents) if path.exists())
    try:
        probe = parent / ".mercer-doctor"
        probe.touch()
        probe.unlink()
    except OSError as error:
        remedy = "set MERCER_HOME to a folder that you may write"
        return Finding("home", f"{home}: {error.strerror}", remedy)
    return Finding("home", str(home))


def _models(models_dir: Path, encoder: str, speaks: bool) -> Iterator[Finding]:
    """The files of the embedded models; the small language model is needed only where it ``speaks``, not a server."""
    needed = [MINILM, LITE0] if encoder == "embedded" else []
    for spec in [*needed, SMOLLM2] if speaks else needed:
        if is_fetched(spec, models_dir):
            yield Finding("model", f"{spec.name}: fetched and verified")
        elif spec == SMOLLM2 and _small_folder(models_dir).exists():
            yield Finding("model", f"{spec.name}: not there, nor needed: it was converted")
        else:
            yield Finding("model", f"{spec.name}: not fetched yet", "start Mercer once with a network: python app.py")
    if encoder != "embedded":
        yield Finding("encoder", f"{encoder}, loaded from the hub or a local checkpoint when Mercer starts")


def _small_folder(models_dir: Path) -> Path:
    """Where the small model lies once it is converted; what converts it brings transformers with it."""
    return models_dir / SMOLLM2.name.removesuffix("-gguf")


def _engine(
    models_dir: Path, llm_base_url: str | None, llm_folder: Path | None
) -> Generator[Finding, None, Path | None]:
    """Gives the folder of the language model that can be shown rows of embeddings; None where there is none now."""
    if llm_base_url is None:
        folder = _small_folder(models_dir)
        state = "ready" if folder.exists() else "will be converted once at the first start"
        yield Finding("engine", f"in process, {folder.name}, bfloat16: {state}")
        return folder if folder.exists() else None
    # The server engine brings LangChain's client with it, which no other finding needs.
    from agent.engines.server import connect_server
    from agent.errors import AgentError

    try:
        chat = connect_server(llm_base_url)
    except AgentError as error:
        yield Finding("engine", str(error), "start the server, or unset MERCER_LLM_BASE_URL for the embedded model")
        return None
    with chat:
        yield Finding("engine", f"server, {chat.model_name}: {chat.describe().detail}")
        return (yield from _prompt_embeds(chat, models_dir, llm_folder))


def _prompt_embeds(
    chat: ServerChat, models_dir: Path, llm_folder: Path | None
) -> Generator[Finding, None, Path | None]:
    """Whether the server can be shown items as rows of embeddings; gives the folder that they are made with."""
    # What makes rows brings torch with it, which no other finding needs.
    from agent.engines.prompt_embeds import enable, local_folder
    from agent.errors import AgentError
    from retrievers.errors import RetrievalError

    try:
        prompts = enable(chat, local_folder(chat.model_name, llm_folder, models_dir))
    except (AgentError, RetrievalError) as error:
        yield Finding("prompt embeds", str(error))
        return None
    yield Finding("prompt embeds", f"taken, made with the tokenizer and the embedding table in {prompts.folder}")
    return prompts.folder


def _reranking(rerank_ms: float | None, llm_base_url: str | None) -> Finding:
    # What knows the default brings the evaluators with it, which no other finding needs.
    from retrievers.reranker import BUDGET_MS

    says = f"{BUDGET_MS:g} ms (the default)" if rerank_ms is None else f"{rerank_ms:g} ms (MERCER_RERANK_MS)"
    if rerank_ms == 0:
        return Finding("reranking", f"{says}: candidates stay in the generator's order")
    model = ", then the language model where it is capable and fits into the rest" if llm_base_url else ""
    return Finding("reranking", f"at most {says} for a query: evaluators{model}")


def _stores(home: Path, chroma_url: str | None, encoder: str, llm: Path | None) -> Iterator[Finding]:
    try:
        connect(home, chroma_url)
        yield Finding("chroma", chroma_url or f"embedded in {home / 'chroma'}")
    except StoreError as error:
        yield Finding("chroma", str(error), "start the Chroma server, or unset MERCER_CHROMA_URL")
    names = list_stores(home)
    if not names:
        yield Finding("stores", "none yet; the demo store is made at the first start")
    for name in names:
        pointer = StoreFolder(home, name).require()
        says = f"{name}: {pointer.items:,} items, {pointer.photos:,} photos, encoder {pointer.encoder_name}"
        stale = pointer.encoder_name != encoder
        rebuild = f"python app.py import {pointer.source} --store {name}"
        yield Finding("store", says, f"made with another encoder than {encoder}: {rebuild}" if stale else "")
        yield _generator(name, StoreFolder(home, name).path, pointer.encoder_fingerprint)
        yield _behaviour(StoreFolder(home, name), pointer)
        yield _item_tokens(StoreFolder(home, name), pointer, llm)


def _generator(name: str, folder: Path, encoder_fingerprint: str) -> Finding:
    """Whether the store is ranked by a generator of its own."""
    # What reads the file brings torch with it, which no other finding needs.
    from retrievers.errors import GeneratorError
    from retrievers.generative import read_about, rebuild
    from retrievers.pipeline import generator_file

    file = generator_file(folder)
    if file is None:
        return Finding("generator", f"{name}: not trained, the plain hybrid ranks alone; {rebuild(name)}")
    try:
        about = read_about(file)
    except GeneratorError as error:
        return Finding("generator", f"{name}: {error}", rebuild(name))
    if about.encoder != encoder_fingerprint:
        says = f"{name}: {file} was trained on vectors of another encoder, the plain hybrid ranks alone"
        return Finding("generator", says, rebuild(name))
    return Finding(
        "generator", f"{name}: {file}, {about.index_method} IDs of {about.levels} levels of {about.size} codes"
    )


def _behaviour(folder: StoreFolder, pointer: Pointer) -> Finding:
    """Whether the store has behaviour vectors, and how many are predicted."""
    # What reads the file brings the encoders' types with it, which no other finding needs.
    from retrievers.behaviour import FILE, coverage
    from retrievers.errors import BehaviourError

    name, path = folder.name, folder.path / FILE
    if not path.exists():
        return Finding("behaviour", f"{name}: none; python app.py import-interactions FILE --store {name}")
    item_ids = list(read_hashes(folder.catalog_path(pointer.generation)))
    try:
        observed, users = coverage(folder.path, name, pointer.encoder_fingerprint, item_ids)
    except BehaviourError as error:
        return Finding("behaviour", f"{name}: not used", str(error))
    says = f"{name}: vectors of {observed:,} items and {users:,} shoppers from visits, "
    return Finding("behaviour", f"{says}of {len(item_ids) - observed:,} items predicted from content")


def _item_tokens(folder: StoreFolder, pointer: Pointer, llm: Path | None) -> Finding:
    """Whether the language model in the folder ``llm`` can be shown the store's products as item tokens."""
    # What reads the file brings torch with it, which no other finding needs.
    from retrievers.errors import ItemTokensError
    from retrievers.item_adapter import SHIPPED, adapter_file, check, rebuild
    from retrievers.llm_identity import llm_fingerprint

    name, file = folder.name, adapter_file(folder.path)
    if file is None:
        return Finding("item tokens", f"{name}: none, language models read products as text; {rebuild(name)}")
    item_ids = [] if file == SHIPPED else list(read_hashes(folder.catalog_path(pointer.generation)))
    try:
        made_for = check(file, folder.path, name, pointer.encoder_fingerprint, item_ids)
    except ItemTokensError as error:
        return Finding("item tokens", f"{name}: refused, products are read as text: {error}", rebuild(name))
    whose = "shipped with Mercer" if file == SHIPPED else "its own"
    says = f"{name}: {whose}, {made_for.shape.queries} tokens an item, for the language model {made_for.llm_name}"
    if llm is None:
        return Finding("item tokens", f"{says}; not compared, as no language model that takes them is there now")
    try:
        fits = llm_fingerprint(llm) == made_for.llm
    except ItemTokensError as error:
        return Finding("item tokens", f"{says}: {error}", f"remove {llm}, Mercer makes it anew at the next start")
    if fits:
        return Finding("item tokens", f"{says}, which is the one in use")
    return Finding("item tokens", f"{says}; that in {llm} is another and reads text", rebuild(name, str(llm)))


def _transcripts(path: Path) -> Finding:
    if not path.exists():
        return Finding("transcripts", "none kept yet")
    problems = integrity(path)
    if problems:
        return Finding("transcripts", f"{path}: {problems}", "copy the file away and restore a backup")
    return Finding("transcripts", f"{path}: {path.stat().st_size / 1e6:.1f} MB, integrity ok")


def doctor(
    home: Path,
    chroma_url: str | None,
    encoder: str,
    llm_base_url: str | None,
    llm_folder: Path | None,
    rerank_ms: float | None,
) -> int:
    """Print the whole report; the number of problems is the exit status, at most 1."""
    findings = examine(home, chroma_url, encoder, llm_base_url, llm_folder, rerank_ms)
    return min(1, report(findings, sys.stdout))
