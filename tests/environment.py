"""What the suite runs with. Loaded as a plugin before Django reads its settings (pyproject.toml, addopts)."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("SMCONSOLE_DATA", tempfile.mkdtemp(prefix="smconsole-tests-"))
os.environ.setdefault("SECURE", "0")
