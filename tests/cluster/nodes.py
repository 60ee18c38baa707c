"""Real nodes of OpenSearch on loopback, each a process of its own, for tests and benchmarks.

``python -m cluster.nodes`` lays their jars out (tests/cluster/pom.xml, by Maven), which the first
test would do otherwise, for each line of OpenSearch that there is a Java for: 2.19 runs on 17 to
21, 3.x on 21 and newer. Java is found by ``OPENSEARCH_JAVA_HOME``, ``JAVA_HOME``, the path or below
``/usr/lib/jvm``. Tests run on the first line that can be run, or on ``OPENSEARCH_LINE``, and one of
them on the other. A node never runs as root: root has it run as ``nobody``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

LINES = {"2": (17, 21), "3": (21, 99)}
"""The lines of OpenSearch, and on which versions of Java each runs."""

HEAP = os.environ.get("OPENSEARCH_HEAP", "320m")
USER, GROUP = "nobody", "nogroup"

# By module: its class, the jars that are its own, and what else its descriptor says. A jar may
# not be in a module and among those of the node.
_MODULES = {
    "analysis-common": (
        "org.opensearch.analysis.common.CommonAnalysis{}Plugin",
        ("analysis-common",),
        {"extended.plugins": "lang-painless"},
    ),
    "lang-painless": (
        "org.opensearch.painless.Painless{}Plugin",
        ("lang-painless", "opensearch-scripting-painless-spi", "asm", "antlr4-runtime"),
        {},
    ),
    "transport-netty4": (
        "org.opensearch.transport.Netty4{}Plugin",
        ("transport-netty4-client", "opensearch-netty4", "netty"),
        {},
    ),
}

# 2.19 has a security manager, and its modules ask for what the jars of Maven do not bring along.
_POLICIES = {
    "lang-painless": """grant {
  permission java.lang.RuntimePermission "createClassLoader";
  permission java.lang.RuntimePermission "getClassLoader";
};
""",
    "transport-netty4": """grant codeBase "${codebase.netty-common}" {
  permission java.lang.RuntimePermission "getClassLoader";
  permission java.lang.RuntimePermission "setContextClassLoader";
  permission java.net.SocketPermission "*", "accept,connect";
  permission java.io.FilePermission "/proc/sys/net/core/somaxconn", "read";
};
grant codeBase "${codebase.netty-transport}" {
  permission java.util.PropertyPermission "sun.nio.ch.bugLevel", "write";
};
""",
}


def java(line: str) -> Path | None:
    """The folder of a Java that runs the nodes of a line, if there is one."""
    named = [os.environ.get(name) for name in ("OPENSEARCH_JAVA_HOME", "JAVA_HOME")]
    on_path = shutil.which("java")
    found = [Path(one) for one in named if one]
    found += [Path(on_path).resolve().parent.parent] if on_path else []
    found += sorted(Path("/usr/lib/jvm").glob("*")) if Path("/usr/lib/jvm").is_dir() else []
    first, last = LINES[line]
    return next((one for one in found if first <= _version(one) <= last), None)


def usual() -> str:
    """The line that tests are run on."""
    return os.environ.get("OPENSEARCH_LINE") or next((one for one in LINES if java(one)), "2")


def _version(home: Path) -> int:
    with suppress(OSError):
        told = (home / "release").read_text(encoding="utf-8")
        if found := re.search(r'JAVA_VERSION="(\d+)', told):
            return int(found[1])
    return 0


def missing(line: str = "") -> str:
    """Why no node of a line can be started here; empty if one can."""
    line = line or usual()
    if os.name == "nt":
        return "nodes of OpenSearch are started on POSIX only"
    if java(line) is None:
        return f"OpenSearch {line}.x needs Java {'17 to 21' if line == '2' else '21 or newer'}"
    if not (_home(line) / "done").exists() and shutil.which("mvn") is None:
        return "the jars of OpenSearch are laid out by Maven, which is not installed"
    return ""


def other() -> str:
    """The line that most tests are not run on."""
    return next(one for one in LINES if one != usual())


def is_laid_out(line: str) -> bool:
    """Whether the jars of a line are there, so that starting a node gets none."""
    return (_home(line) / "done").exists()


def _home(line: str) -> Path:
    named = os.environ.get("OPENSEARCH_HOME") if line == usual() else ""
    user = os.geteuid() if hasattr(os, "geteuid") else 0
    return Path(named or Path(tempfile.gettempdir()) / f"progsearch-opensearch-{line}-{user}")


def laid_out(line: str) -> Path:
    """The folder of an installation, made by Maven when it is asked for first."""
    home = _home(line)
    if (home / "done").exists():
        return home
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.parent) as place:
        made = Path(place) / "home"
        jars = made / "lib"
        command = ["mvn", "-q", "-B", "-f", str(Path(__file__).parent / "pom.xml")]
        command += ["-P3"] if line == "3" else []
        command += ["dependency:copy-dependencies", "-DincludeScope=runtime"]
        subprocess.run(
            [*command, f"-DoutputDirectory={jars}"],
            check=True,
            env={**os.environ, "JAVA_HOME": str(java(line))},
        )
        (server,) = jars.glob("opensearch-[0-9]*.jar")
        for name, parts in _MODULES.items():
            place_of = made / "modules" / name
            _module(line, place_of, server.stem.partition("-")[2], jars, *parts)
        for name in ("bin", "plugins", "extensions"):
            (made / name).mkdir()
        (made / "done").touch()
        made.chmod(0o755)
        shutil.rmtree(home, ignore_errors=True)
        made.rename(home)
    return home


def _module(line, place, version, jars, plugin, own, more):
    name = place.name
    place.mkdir(parents=True)
    for jar in list(jars.iterdir()):
        if re.fullmatch(rf"({'|'.join(own)})(-[a-z].*)?-\d.*\.jar", jar.name):
            jar.rename(place / jar.name)
    told = {
        "name": name,
        "description": name,
        "version": version,
        "opensearch.version": version,
        "java.version": "11",
        "classname": plugin.format("Module" if line == "3" else ""),
        "has.native.controller": "false",
        **more,
    }
    lines = "".join(f"{key}={value}\n" for key, value in told.items())
    (place / "plugin-descriptor.properties").write_text(lines, encoding="utf-8")
    if line == "2" and name in _POLICIES:
        (place / "plugin-security.policy").write_text(_POLICIES[name], encoding="utf-8")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@dataclass
class Node:
    """A node of a cluster, of a ``line`` of OpenSearch; ``settings`` are those of its own."""

    folder: Path
    name: str
    ports: dict[str, int]
    settings: dict = field(default_factory=dict)
    line: str = field(default_factory=usual)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        for name in ("config", "data", "logs", "tmp"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        told = {
            "cluster.name": self.folder.parent.name,
            "node.name": self.name,
            "network.host": "127.0.0.1",
            "http.port": self.port,
            "transport.port": self.ports[self.name],
            "discovery.seed_hosts": [f"127.0.0.1:{port}" for port in self.ports.values()],
            "cluster.initial_cluster_manager_nodes": list(self.ports),
            "path.data": str(self.folder / "data"),
            "path.logs": str(self.folder / "logs"),
            "cluster.routing.allocation.disk.threshold_enabled": False,
            **self.settings,
        }
        lines = "".join(f"{key}: {json.dumps(value)}\n" for key, value in told.items())
        (self.folder / "config" / "opensearch.yml").write_text(lines, encoding="utf-8")
        (self.folder / "config" / "log4j2.properties").write_text(_LOGGING, encoding="utf-8")
        as_user = {}
        if os.geteuid() == 0:
            as_user = {"user": USER, "group": GROUP, "extra_groups": []}
            for place in (self.folder, *self.folder.iterdir()):
                shutil.chown(place, USER, GROUP)
        home = laid_out(self.line)
        system = {
            "java.awt.headless": "true",
            "file.encoding": "UTF-8",
            "java.io.tmpdir": self.folder / "tmp",
            "jna.tmpdir": self.folder / "tmp",
            "jna.nosys": "true",
            "log4j2.disable.jmx": "true",
            "opensearch.path.home": home,
            "opensearch.path.conf": self.folder / "config",
            "opensearch.distribution.type": "tar",
            **({"java.security.manager": "allow"} if self.line == "2" else {}),
        }
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    str(java(self.line) / "bin" / "java"),
                    *(f"-Xm{kind}{HEAP}" for kind in "sx"),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:MetaspaceSize=128m",  # classes that are loaded ask for no collection
                    # A fifth of a start goes into looking whether compilers made sound classes.
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:-BytecodeVerificationRemote",
                    *(f"-D{key}={value}" for key, value in system.items()),
                    "-cp",
                    f"{home / 'lib'}/*",
                    "org.opensearch.bootstrap.OpenSearch",
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
                **as_user,
            )

    def wait(self, seconds: float = 120.0) -> None:
        """Wait until it answers. Raises RuntimeError with its last words when it does not."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.process and self.process.poll() is None:
            with suppress(OSError), urllib.request.urlopen(f"{self.url}/_cluster/health") as found:
                if found.status == 200:
                    return
            time.sleep(0.1)
        raise RuntimeError((self.folder / "log").read_text(encoding="utf-8")[-3000:])

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(30)
            self.process = None


_LOGGING = """status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d %p %c{1.} %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
"""


@contextmanager
def nodes(count: int, line: str = "", **settings):
    """So many nodes of one cluster, started and answering; they are ended with the context."""
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="progsearch-nodes-")))
        place.chmod(0o755)
        ports = {f"node{number}": free_port() for number in range(count)}
        found = [Node(place / name, name, ports, settings, line or usual()) for name in ports]
        for node in found:
            stack.callback(node.kill)
            node.start()
        for node in found:
            node.wait()
        yield found


if __name__ == "__main__":
    for one in LINES:
        print(missing(one) or laid_out(one))
