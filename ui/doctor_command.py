"""``doctor``: what is installed, which models, which engine, which store, and what to do about each problem."""

from __future__ import annotations

import platform
import sys
from collections.abc import Generator, Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from store.generations import StoreFolder
from store.sqlite_file import integrity
from store.weights import LITE0, MINILM, SMOLLM2, is_fetched, is_unverified
from ui.doctor_stores import stores
from ui.finding import Finding
from ui.settings import Settings, setting_names

if TYPE_CHECKING:
    from agent.engines.server import ServerChat

_LIBRARIES = ("torch", "transformers", "open_clip_torch", "chromadb", "langchain", "gradio", "sqlite-utils", "bm25s")


def examine(settings: Settings, unknown: Iterable[str] = (), store: str | None = None) -> Iterator[Finding]:
    """Every finding, one by one as it is made, about all stores or one; looks, and changes nothing.

    ``unknown`` are settings that are none.
    """
    home, server = settings.home, settings.llm_base_url
    yield Finding("Python", f"{platform.python_version()} on {platform.machine()}")
    yield from _libraries()
    yield _home(home)
    yield from _idle_settings(settings, unknown)
    yield from _models(home / "models", settings.encoder, server is None)
    llm = yield from _engine(settings)
    yield _reranking(settings.rerank_ms, server)
    yield from stores(home, settings.chroma_url, settings.encoder, llm, store)
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


def _idle_settings(settings: Settings, unknown: Iterable[str]) -> Iterator[Finding]:
    """Settings that were made and change nothing."""
    for name in unknown:
        says = f"{name} is no setting of Mercer and changes nothing"
        yield Finding("settings", says, f"correct or unset it; there are: {', '.join(setting_names())}")
    if settings.llm_base_url is None:
        given = {"MERCER_LLM_MODEL": settings.llm_model, "MERCER_LLM_FOLDER": settings.llm_folder}
        for name, value in given.items():
            if value:
                says = f"{name}={value} changes nothing without MERCER_LLM_BASE_URL"
                yield Finding("settings", says, f"set MERCER_LLM_BASE_URL, or unset {name}")


def _models(models_dir: Path, encoder: str, speaks: bool) -> Iterator[Finding]:
    """The files of the embedded models; the small language model is needed only where it ``speaks``, not a server."""
    needed = [MINILM, LITE0] if encoder == "embedded" else []
    for spec in [*needed, SMOLLM2] if speaks else needed:
        if is_fetched(spec, models_dir):
            yield Finding("model", f"{spec.name}: fetched and verified")
        elif is_unverified(spec, models_dir):
            yield Finding("model", f"{spec.name}: there, copied or touched since; the next start verifies it again")
        elif spec == SMOLLM2 and _small_folder(models_dir).exists():
            yield Finding("model", f"{spec.name}: not there, nor needed: it was converted")
        else:
            yield Finding("model", f"{spec.name}: not fetched yet", "start Mercer once with a network: python app.py")
    if encoder != "embedded":
        yield _other_encoder(encoder)


def _other_encoder(name: str) -> Finding:
    """Whether a name can be an encoder's; that its model is there is found out at the start."""
    # What knows the forms brings torch with it, which no other finding needs.
    from retrievers.encoders import open_clip_model
    from retrievers.errors import EncoderError

    try:
        open_clip_model(name)
    except EncoderError as error:
        return Finding("encoder", str(error), "correct MERCER_ENCODER, or unset it for the embedded encoder")
    return Finding("encoder", f"{name}, loaded from the hub or a local checkpoint when Mercer starts")


def _small_folder(models_dir: Path) -> Path:
    """Where the small model lies once it is converted; what converts it brings transformers with it."""
    return models_dir / SMOLLM2.folder_name


def _engine(settings: Settings) -> Generator[Finding, None, Path | None]:
    """Gives the folder of the language model that can be shown rows of embeddings; None where there is none now."""
    models_dir = settings.home / "models"
    if settings.llm_base_url is None:
        folder = _small_folder(models_dir)
        state = "ready" if folder.exists() else "will be converted once at the first start"
        yield Finding("engine", f"in process, {folder.name}, bfloat16: {state}")
        return folder if folder.exists() else None
    # The server engine brings LangChain's client with it, which no other finding needs.
    from agent.engines.server import connect_server
    from agent.errors import AgentError

    try:
        chat = connect_server(settings.llm_base_url, settings.llm_model, settings.llm_api_key)
    except AgentError as error:
        remedy = "start the server, correct the setting, or unset MERCER_LLM_BASE_URL for the embedded model"
        yield Finding("engine", str(error), remedy)
        return None
    with chat:
        yield Finding("engine", f"server, {chat.model_name}: {chat.describe().detail}")
        return (yield from _prompt_embeds(chat, models_dir, settings.llm_folder))


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


def _transcripts(path: Path) -> Finding:
    if not path.exists():
        return Finding("transcripts", "none kept yet")
    problems = integrity(path)
    if problems:
        return Finding("transcripts", f"{path}: {problems}", "copy the file away and restore a backup")
    return Finding("transcripts", f"{path}: {path.stat().st_size / 1e6:.1f} MB, integrity ok")


def doctor(settings: Settings, unknown: Iterable[str] = (), store: str | None = None) -> int:
    """Print the whole report; the number of problems is the exit status, at most 1.

    Raises
    ------
    StoreNotFound
        No ``store`` of that name.
    """
    if store is not None:
        StoreFolder(settings.home, store).require()
    return min(report(examine(settings, unknown, store), sys.stdout), 1)
