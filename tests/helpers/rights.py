"""Whether whoever runs the tests may do what is forbidden to others."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def superuser() -> bool:
    """Whether a folder that nobody may read can be read all the same."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0)
        return os.access(folder, os.R_OK)
