"""`sauro run` as real processes, for tests of the command line: its port, its pages, its end."""

from __future__ import annotations

import contextlib
import random
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

# How long a busy machine may take. A test that passes waits for none of it.
PATIENCE = 180.0
RANGE = Path("/proc/sys/net/ipv4/ip_local_port_range")
_claims: list[socket.socket] = []


def quiet_ports() -> list[int]:
    """Ports that the kernel gives to nobody by itself: none is taken between being chosen and being listened on."""
    low, high = map(int, RANGE.read_text().split())
    return [*range(10_000, min(low, 32_768)), *range(high + 1, 65_536)] or list(range(10_000, 65_536))


def free_port() -> int:
    """A port for this run alone. A name in the kernel claims it against the other runs on this machine, and goes with
    the process."""
    ports = quiet_ports()
    for port in random.SystemRandom().sample(ports, len(ports)):
        claim = socket.socket(socket.AF_UNIX)
        try:
            claim.bind(f"\0sauro-test-port-{port}")
            with socket.socket() as sock:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                sock.bind(("", port))
        except OSError:
            claim.close()
            continue
        _claims.append(claim)
        return port
    raise AssertionError("no port is free")


def wait_for(what: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until `what()` is true; fails after `seconds`."""
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.05)


def page(port: int, path: str = "/", host: str = "127.0.0.1") -> int:
    """The status of a page; 0 where nobody answers."""
    try:
        with urllib.request.urlopen(f"http://{host}:{port}{path}", timeout=PATIENCE) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def children_of(pid: int) -> list[int]:
    """The processes right under a process, oldest first."""
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False).stdout.split()
    return [int(p) for p in found]


def alive(pid: int) -> bool:
    """Whether a process runs still: one that only waits to be reaped does not."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False


class Installation:
    """`sauro run` on a folder and a port of its own; what it prints goes into a file beside the folder."""

    def __init__(self, environment: dict[str, str], folder: Path, host: str = "127.0.0.1") -> None:
        self.host, self.port = host, free_port()
        self.log = folder.parent / f"{folder.name}.log"
        env = environment | {"PORT": str(self.port), "HOST": host, "SAURO_DATA": str(folder)}
        command = [sys.executable, "-P", "-m", "sauro.cli", "run", "--workers", "1"]
        with self.log.open("w", encoding="utf-8") as out:
            self.process = subprocess.Popen(
                command, env=env, cwd=folder.parent, stdout=out, stderr=subprocess.STDOUT, encoding="utf-8"
            )

    def started(self) -> list[int]:
        """Wait for the first page; gives the two processes under it. Fails at once where it ends before."""

        def answers() -> bool:
            code = self.process.poll()
            assert code is None, f"it ended with {code} before its first page:\n{self.said()}"
            return page(self.port, host=self.host) == 200 and len(children_of(self.process.pid)) >= 2

        wait_for(answers)
        return children_of(self.process.pid)[:2]

    def said(self) -> str:
        """All that it has printed."""
        return self.log.read_text(encoding="utf-8")

    def ended(self) -> int:
        """Wait for its end; gives its exit code."""
        return self.process.wait(PATIENCE)

    def stop(self) -> int:
        """Ask it to stop, where it runs still; gives its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
        return self.ended()
