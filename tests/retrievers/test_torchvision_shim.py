"""The shim, in processes of their own: with this machine's torchvision, and with one whose operators do not load."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BROKEN = """
    raise_once = not __import__("sys").modules.get("torchvision._meta_registrations")
    if raise_once:
        raise RuntimeError("operator torchvision::nms does not exist")
"""


def run(code: str, path: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = f"import sys; sys.path[:0] = [{str(path)!r}, {str(ROOT)!r}]\n{textwrap.dedent(code)}"
    return subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=False)


def test_transforms_work_here() -> None:
    result = run("""
        from retrievers.torchvision_shim import ensure_torchvision
        ensure_torchvision()
        ensure_torchvision()
        from PIL import Image
        from torchvision import transforms
        print(tuple(transforms.ToTensor()(Image.new("RGB", (8, 4))).shape))
    """)
    assert result.stdout.strip() == "(3, 4, 8)", result.stderr


def test_operators_that_do_not_load_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "torchvision").mkdir()
    (tmp_path / "torchvision" / "__init__.py").write_text(textwrap.dedent(BROKEN) + "\nvalue = 1\n")
    result = run(
        """
        from retrievers.torchvision_shim import ensure_torchvision
        ensure_torchvision()
        import torchvision
        print(torchvision.value)
        """,
        tmp_path,
    )
    assert result.stdout.strip() == "1", result.stderr


def test_any_other_error_is_not_hidden(tmp_path: Path) -> None:
    (tmp_path / "torchvision").mkdir()
    (tmp_path / "torchvision" / "__init__.py").write_text("raise RuntimeError('something else')")
    result = run("from retrievers.torchvision_shim import ensure_torchvision; ensure_torchvision()", tmp_path)
    assert result.returncode != 0
    assert "something else" in result.stderr
