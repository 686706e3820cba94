"""A small real HTTP server that speaks as much of the OpenAI protocol as a test wants it to."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse


def chunk(text: str = "", finish: str | None = None, logprobs: Any = None) -> str:
    delta = {"role": "assistant", "content": text}
    body = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "shop-1"}
    body["choices"] = [{"index": 0, "delta": delta, "finish_reason": finish, "logprobs": logprobs}]
    return f"data: {json.dumps(body)}\n\n"


def completion(text: str = "", finish: str | None = None, logprobs: Any = None) -> dict[str, Any]:
    choice = {"index": 0, "text": text, "finish_reason": finish, "logprobs": logprobs}
    return {"id": "1", "object": "text_completion", "created": 1, "model": "shop-1", "choices": [choice]}


def write(*parts: str | dict[str, Any]) -> Response:
    def lines() -> Iterator[str]:
        for part in parts:
            yield f"data: {json.dumps(completion(part) if isinstance(part, str) else part)}\n\n"
        yield f"data: {json.dumps(completion(finish='stop'))}\n\n"
        yield "data: [DONE]\n\n"

    return StreamingResponse(lines(), media_type="text/event-stream")


def say(*words: str) -> Response:
    def lines() -> Iterator[str]:
        yield from map(chunk, words)
        yield chunk(finish="stop")
        yield "data: [DONE]\n\n"

    return StreamingResponse(lines(), media_type="text/event-stream")


Reply = Callable[[dict[str, Any]], Response]


class Server:
    """``/v1/models``, ``/v1/chat/completions`` and ``/v1/completions``; what these two do is up to the test."""

    def __init__(self) -> None:
        self.reply: Reply = lambda body: say("Hello", " there")
        self.write: Reply = lambda body: (
            write("Written", " text") if "stream" in body else JSONResponse(completion("x"))
        )
        self.models: Any = {"data": [{"id": "shop-1", "max_model_len": 4096}, {"id": "shop-2"}]}
        self.seen: list[dict[str, Any]] = []
        self.written: list[dict[str, Any]] = []
        self.key = ""
        app = FastAPI()
        app.get("/v1/models")(self._serve_models)
        app.post("/v1/chat/completions")(self._complete)
        app.post("/v1/completions")(self._write)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.server = uvicorn.Server(uvicorn.Config(app, port=self.port, log_level="critical"))
        self.server.config.timeout_graceful_shutdown = 1
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)

    def _serve_models(self, request: Request) -> Response:
        if self.key and request.headers["authorization"] != f"Bearer {self.key}":
            return JSONResponse({"error": {"message": "bad key"}}, 401)
        return self.models if isinstance(self.models, Response) else JSONResponse(self.models)

    async def _complete(self, request: Request) -> Response:
        self.seen.append(await request.json())
        return self.reply(self.seen[-1])

    async def _write(self, request: Request) -> Response:
        self.written.append(await request.json())
        return self.write(self.written[-1])

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(5)
