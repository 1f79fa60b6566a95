"""`python3 -m sandbox --port N --data DIR`: serve until told to stop."""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import signal
import sys
import threading
from pathlib import Path

from sandbox.seed import Keys
from sandbox.server import Server
from sandbox.store import Store
from sandbox.world import World

PR_SET_PDEATHSIG = 1


def main() -> int:
    options = read_options()
    if options.die_with_parent:
        die_with_parent()
    try:
        keys = Keys.from_env(os.environ)
        options.data.mkdir(parents=True, exist_ok=True)
        store = Store(options.data / "sandbox.sqlite3")
        server = Server(options.host, options.port, World.open(store, keys, options.seed))
    except (ValueError, OSError) as problem:
        print(f"sandbox: {problem}", file=sys.stderr)
        return 1
    serve(server)
    store.close()
    return 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="sandbox", description="A local X and Facebook for the real client packages.")
    parser.add_argument("--port", type=int, default=0, help="0 picks a free one")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="where the state lives")
    parser.add_argument("--host", default="127.0.0.1", help="loopback only")
    parser.add_argument("--seed", type=int, default=1, help="for the first start in DIR")
    parser.add_argument("--die-with-parent", action="store_true", help="stop when the starting process ends (Linux)")
    return parser.parse_args()


def die_with_parent() -> None:
    """Ask the kernel for SIGTERM when the parent ends; a parent that has already ended counts."""
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        raise SystemExit(0)


def serve(server: Server) -> None:
    def stop(number: int, frame: object) -> None:
        # shutdown() waits for the serving loop, which runs in this very thread.
        threading.Thread(target=server.shutdown, daemon=True).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    line = {"url": server.url, "port": server.server_address[1], "pid": os.getpid()}
    print(json.dumps(line), flush=True)
    server.serve_forever(poll_interval=0.1)
    server.server_close()


if __name__ == "__main__":
    raise SystemExit(main())
