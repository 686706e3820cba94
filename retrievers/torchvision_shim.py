"""Make ``import torchvision`` work next to a torch build that it was not compiled for.

Some set-ups pair a CPU build of torch with the ordinary torchvision, whose compiled operators need CUDA libraries
that are not there; its import then fails on "operator torchvision::nms does not exist", and with it the imports of
timm, open_clip and most image code of transformers. Only the registration of those operators fails, so declaring the
two registering modules as empty is enough: transforms and models work, only the operators (nms, roi_align, ...)
are missing, and Mercer uses none. On a normal install this does nothing.

Import this module before timm, open_clip or transformers, and call ``ensure_torchvision()``.
"""

from __future__ import annotations

import sys
import types

REGISTERING_MODULES = ("torchvision._meta_registrations", "torchvision._autograd_registrations")


def ensure_torchvision() -> None:
    """Import torchvision, without its compiled operators where they do not load."""
    try:
        import torchvision
    except RuntimeError as error:
        if "torchvision::" not in str(error):
            raise
        for name in [name for name in list(sys.modules) if name.partition(".")[0] == "torchvision"]:
            del sys.modules[name]
        sys.modules.update({name: types.ModuleType(name) for name in REGISTERING_MODULES})
        import torchvision  # noqa: F401
