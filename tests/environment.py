"""What the suite runs with. Loaded as a plugin before Django reads its settings (pyproject.toml, addopts).

The same suite runs on SQLite (the default) and, with DATABASE_URL=postgres://..., on PostgreSQL, whose settings want
every secret in the environment: these are the test's own.
"""

from __future__ import annotations

import os
import tempfile

from hypothesis import settings

os.environ.setdefault("SMCONSOLE_DATA", tempfile.mkdtemp(prefix="smconsole-tests-"))
os.environ.setdefault("SECURE", "0")
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 40)
os.environ.setdefault("FERNET_KEYS", "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk=")
os.environ.setdefault("AUDIT_KEY", "only-for-tests")
os.environ.setdefault("CACHE_URL", "locmemcache://")
os.environ.setdefault("KNOWN_FOR_SECONDS", "0")  # no test is told what another one entered
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # two test processes on two cores, and the same last digits
if not os.environ.get("DATABASE_URL", "sqlite").startswith("sqlite"):
    os.environ.setdefault("MEDIA_ROOT", os.path.join(os.environ["SMCONSOLE_DATA"], "media"))  # noqa: PTH118

# A busy machine is no failure: how long an example takes says nothing about whether it is right.
settings.register_profile("house", deadline=None)
settings.register_profile("thousand", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))
