"""The client against a real vLLM that serves the default model; started once, ended by its pid.

Set MERCER_TEST_VLLM_PYTHON to what ``.ci/vllm.sh install`` prints. The model must have been fetched before.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import pytest
from langchain_core.messages import HumanMessage, SystemMessage
from platformdirs import user_data_dir
from pydantic import BaseModel

from agent.engines.conversion import convert
from agent.engines.in_process import CausalLM
from agent.engines.server import ServerChat, connect_server, structured
from agent.errors import EngineMismatch, EngineUnavailable
from store.weights import SMOLLM2, is_fetched

PYTHON = os.environ.get("MERCER_TEST_VLLM_PYTHON", "")
SCRIPT = Path(__file__).parents[3] / ".ci" / "vllm.sh"
pytestmark = [
    pytest.mark.vllm,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not PYTHON, reason="MERCER_TEST_VLLM_PYTHON is not set; .ci/vllm.sh install prints its value"),
]
ASK = [SystemMessage("You are a friendly shop assistant."), HumanMessage("I need warm boots for the winter.")]


class Wish(BaseModel):
    """What a shopper wants."""

    kind: Literal["boots", "coat", "lamp"]
    budget: int


def vllm_sh(*arguments: str) -> str:
    environment = {**os.environ, "MERCER_VLLM_VENV": str(Path(PYTHON).parents[1]), "MERCER_VLLM_DTYPE": "float32"}
    done = subprocess.run([str(SCRIPT), *arguments], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def start(folder: Path) -> tuple[str, str]:
    """Address and pid of a new server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    return f"http://127.0.0.1:{port}", vllm_sh("start", port, str(folder))


@pytest.fixture(scope="module")
def folder() -> Path:
    models = Path(os.environ.get("MERCER_HOME") or user_data_dir("mercer")) / "models"
    if not is_fetched(SMOLLM2, models):
        pytest.skip(f"{SMOLLM2.name} is not in {models}; starting Mercer once fetches it")
    return convert(SMOLLM2, models)


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    address, pid = start(folder)
    yield address
    vllm_sh("stop", pid)


@pytest.fixture
def chat(address: str) -> ServerChat:
    return connect_server(address, timeout_s=60.0)


def test_description_names_model_and_context(chat: ServerChat, folder: Path) -> None:
    assert chat.describe().model == folder.name
    assert "context 4096" in chat.describe().detail
    chat.check()


def test_streamed_text_is_the_text(chat: ServerChat) -> None:
    chunks = [str(chunk.content) for chunk in chat.stream(ASK, max_tokens=30)]
    assert len(chunks) > 10
    assert "".join(chunks) == chat.invoke(ASK, max_tokens=30).content


def test_greedy_text_is_that_of_the_engine_in_process(chat: ServerChat, folder: Path) -> None:
    """In float32: in bfloat16 the two round in different places and part where two tokens are nearly tied."""
    lm = CausalLM(folder)
    lm.model.float()
    for wish in ("boots for the winter", "a red dress", "a lamp for my desk"):
        ask = [ASK[0], HumanMessage(f"I need {wish}.")]
        here = lm.decode(lm.embed(lm.tokenize(ask)), 16, float("inf"))
        assert chat.invoke(ask, max_tokens=16).content == lm.text_of([token.id for token in here])


def test_structured_answer_follows_the_schema(chat: ServerChat) -> None:
    ask = [HumanMessage("Shopper: boots under 80 dollars. What kind of thing, and what budget?")]
    assert structured(chat, ask, Wish, 60.0).kind in ("boots", "coat", "lamp")


def test_other_model_is_refused_with_both_names(address: str, folder: Path) -> None:
    with pytest.raises(EngineMismatch, match=rf"'Qwen/Qwen3'.*'{folder.name}'"):
        connect_server(address, "Qwen/Qwen3")


def test_ten_requests_at_once(chat: ServerChat) -> None:
    asks = [[HumanMessage(f"Name {n} winter clothes.")] for n in range(2, 12)]
    with ThreadPoolExecutor(10) as pool:
        replies = list(pool.map(lambda ask: chat.invoke(ask, max_tokens=24), asks))
    assert all(reply.content for reply in replies)


def test_too_long_a_prompt_is_explained(chat: ServerChat) -> None:
    with pytest.raises(EngineUnavailable, match=r"HTTP 400.*context length"):
        chat.invoke([HumanMessage("boots " * 5000)])


def test_server_killed_in_mid_stream_is_noticed_at_once(folder: Path) -> None:
    address, pid = start(folder)
    stream = connect_server(address, timeout_s=60.0).stream(ASK, max_tokens=2000)
    for _ in range(5):
        next(stream)
    begun = time.monotonic()
    os.killpg(int(pid), signal.SIGKILL)
    with pytest.raises(EngineUnavailable, match=r"broke off|middle of a reply|HTTP 5"):
        list(stream)
    assert time.monotonic() - begun < 10
    with pytest.raises(EngineUnavailable, match="not reachable"):
        connect_server(address)
