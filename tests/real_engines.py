"""Real SPARQL engines as servers of their own, for the tests that a store made by us cannot pass.

Each is installed from a package, started on a free port with its data in a temporary folder,
and ended with the tests. ``docs/engines.md`` sets the same engines up for a person.
"""

from __future__ import annotations

import base64
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from abc import ABC, abstractmethod
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeAlias, TypeVar

import pytest

from .ports import free_port
from .waiting import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Engine = TypeVar("Engine", bound="RealEngine")
Loading: TypeAlias = "OxigraphServer | VirtuosoServer"
"""Those that have a loader of their own."""
_NAMES_OF_GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
_DYING_WITH_US = ("setpriv", "--pdeathsig", "KILL", "--")
"""A server that outlives tests which were killed would keep its port and its memory."""


class RealEngine(ABC):
    """A server program with data in one folder, which can be killed and started again on it.

    Attributes:
        name: as tests and messages call it.
        program: what must be installed.
        package: what brings the program, in words.
        user: who may write, or "" where nobody is asked.
        password: what they say to prove it.

    """

    name: ClassVar[str]
    program: ClassVar[str]
    package: ClassVar[str]
    user: ClassVar[str] = ""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.password = secrets.token_hex(8)
        self._process: subprocess.Popen[bytes] | None = None
        self._its_own: frozenset[str] = frozenset()

    @property
    @abstractmethod
    def query(self) -> str:
        """The address that takes queries."""

    @property
    @abstractmethod
    def update(self) -> str:
        """The address that takes updates."""

    @property
    @abstractmethod
    def graph_store(self) -> str | None:
        """The address of the Graph Store Protocol, if there is one."""

    @abstractmethod
    def command(self) -> Sequence[str | Path]:
        """Return what is started."""

    @classmethod
    def installed(cls) -> str | None:
        """Return where the program lies, if anywhere."""
        beside = Path(sys.executable).parent / cls.program
        return str(beside) if beside.exists() else shutil.which(cls.program)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        dying = _DYING_WITH_US if shutil.which("setpriv") else ()
        first = not self.folder.exists()
        if first:
            self.folder.mkdir(parents=True)
            self.prepare()
        with (self.folder / "output.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*dying, *self.command()], cwd=self.folder, stdout=log, stderr=log
            )
        self._wait()
        if first:
            self.introduce()
            self._its_own = self._graphs()

    def prepare(self) -> None:  # noqa: B027 - most need nothing
        """Write what the program reads before its first start."""

    def introduce(self) -> None:  # noqa: B027 - most need nothing
        """Set up, in the server that runs for the first time, who may write."""

    def kill(self) -> None:
        """End the server as a power cut does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End the server as its keeper does."""
        self._end(signal.SIGTERM)

    def ask(self, query: str) -> list[dict[str, str]]:
        """Return the solutions of a SELECT as plain values, past all code of medalgraph."""
        answer = json.loads(self._post(self.query, query=query))
        rows = answer["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in rows]

    def tell(self, update: str) -> None:
        """Carry out an update, past all code of medalgraph."""
        self._post(self.update, update=update)

    def empty(self) -> None:
        """Drop every graph that was not there when the engine was new."""
        for graph in self._graphs() - self._its_own:
            self.tell(f"DROP SILENT GRAPH <{graph}>")

    def _graphs(self) -> frozenset[str]:
        return frozenset(row["g"] for row in self.ask(_NAMES_OF_GRAPHS))

    def _post(self, address: str, **form: str) -> bytes:
        data = urllib.parse.urlencode(form).encode()
        request = urllib.request.Request(address, data)  # noqa: S310 - an address of this machine
        request.add_header("Accept", "application/sparql-results+json")
        if self.user:
            known = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
            request.add_header("Authorization", f"Basic {known}")
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310 - as above
            return answer.read()  # type: ignore[no-any-return]

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """The number of the process."""
        assert self._process is not None
        return self._process.pid

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait()
            self._process = None

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE_S
        while not self._answers():
            if not self.running or time.monotonic() > until:
                last = (self.folder / "output.log").read_text(errors="replace")[-2000:]
                raise RuntimeError(f"{self.name} did not start: {last}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=10):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False


class OxigraphServer(RealEngine):
    """Oxigraph as the server program of its package, with RocksDB underneath."""

    name = "oxigraph"
    program = "oxigraph"
    package = "the PyPI package oxigraph"

    @property
    def query(self) -> str:
        return f"http://127.0.0.1:{self.port}/query"

    @property
    def update(self) -> str:
        return f"http://127.0.0.1:{self.port}/update"

    @property
    def graph_store(self) -> str:
        return f"http://127.0.0.1:{self.port}/store"

    def command(self) -> Sequence[str | Path]:
        program = self.installed()
        assert program is not None
        here = ("--location", self.folder / "data", "--bind", f"127.0.0.1:{self.port}")
        return [program, "serve", *here]

    def load(self, file: Path) -> None:
        """Let its own loader read a file, which it does while the server is stopped."""
        program = self.installed()
        assert program is not None
        self.stop()
        where = ("--location", self.folder / "data", "--format", "nq", "--file", file)
        subprocess.run([program, "load", *where], check=True, capture_output=True)
        self.start()


class RdflibServer(RealEngine):
    """RDFLib behind the server of rdflib-endpoint; what it holds ends with it."""

    name = "rdflib"
    program = "rdflib-endpoint"
    package = "the PyPI package rdflib-endpoint"

    @property
    def query(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def update(self) -> str:
        return self.query

    @property
    def graph_store(self) -> None:
        return None

    def command(self) -> Sequence[str | Path]:
        program = self.installed()
        assert program is not None
        here = ("--host", "127.0.0.1", "--port", str(self.port))
        return [program, "serve", "--enable-update", *here]


class VirtuosoServer(RealEngine):
    """Virtuoso 7 with the settings that Debian ships, and an account that may write.

    Attributes:
        sql_port: where ``isql-vt`` reaches it.
        settings: lines of ``virtuoso.ini`` that differ from Debian's, by their key.

    """

    name = "virtuoso"
    program = "virtuoso-t"
    package = "Debian's virtuoso-opensource-7"
    user = "medalgraph"
    _SETTINGS: ClassVar[Path] = Path("/usr/share/virtuoso-opensource-7/virtuoso.ini")
    _HOME: ClassVar[str] = "/var/lib/virtuoso-opensource-7/db"

    def __init__(self, folder: Path, **settings: str) -> None:
        super().__init__(folder)
        self.sql_port = free_port()
        self.settings = settings

    @property
    def query(self) -> str:
        return f"http://127.0.0.1:{self.port}/medalgraph/sparql"

    @property
    def update(self) -> str:
        return self.query

    @property
    def graph_store(self) -> str:
        return f"http://127.0.0.1:{self.port}/medalgraph/sparql-graph-crud"

    def command(self) -> Sequence[str | Path]:
        program = self.installed()
        assert program is not None
        return [program, "+foreground", "+configfile", self.folder / "virtuoso.ini"]

    def prepare(self) -> None:
        """Write Debian's settings for this folder and these ports."""
        (self.folder / "virtuoso.ini").write_text(self._ini())

    def introduce(self) -> None:
        """Make the account that may write, and the addresses that ask for it."""
        self._sql(_ACCOUNT.format(self=self), _AS_SHIPPED)
        self.stop()
        shutil.copytree(self.folder, self._new)
        self.start()

    def empty(self) -> None:
        """Begin anew with the files of the time when the engine was new.

        Some tests give it what it cannot bear, and what comes after would suffer for that.
        """
        self.kill()
        shutil.rmtree(self.folder)
        shutil.copytree(self._new, self.folder)
        self.start()

    def load(self, file: Path) -> None:
        """Let its own loader read a file, which has to lie in the folder of the server."""
        listed = f"ld_dir('{file.parent}', '{file.name}', 'urn:none');"
        # isql-vt takes one statement a line.
        self.sql(f"{listed}\nrdf_loader_run();\nCHECKPOINT;\n")
        told = self.sql("SELECT ll_error FROM DB.DBA.load_list;").split()
        if set(told) != {"NULL"}:
            raise RuntimeError(" ".join(told))

    @property
    def _new(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}-new")

    def sql(self, text: str) -> str:
        """Run statements as the administrator and return what they print."""
        return self._sql(text, self.password)

    def _sql(self, text: str, password: str) -> str:
        command = ["isql-vt", f"127.0.0.1:{self.sql_port}", "dba", password]
        quiet = ("VERBOSE=OFF", "BANNER=OFF", "PROMPT=OFF", "ERRORS=STDOUT")
        ran = subprocess.run(
            [*command, *quiet], input=text, text=True, capture_output=True, check=True
        )
        if "*** Error" in ran.stdout:
            raise RuntimeError(ran.stdout)
        return ran.stdout

    def _ini(self) -> str:
        text = self._SETTINGS.read_text().replace(self._HOME, str(self.folder))
        text = _set(text, "Parameters", "ServerPort", str(self.sql_port))
        text = _set(text, "HTTPServer", "ServerPort", str(self.port))
        for key, value in self.settings.items():
            text, changed = re.subn(rf"(?m)^{key}\s*=.*$", f"{key} = {value}", text)
            assert changed, f"Debian's virtuoso.ini has no {key}."
        return text


_AS_SHIPPED = "dba"
_ACCOUNT = """
SET PASSWORD "dba" "{self.password}";
DB.DBA.USER_CREATE('{self.user}', '{self.password}');
GRANT SPARQL_SELECT TO "{self.user}";
GRANT SPARQL_UPDATE TO "{self.user}";
DB.DBA.VHOST_DEFINE(lpath=>'/medalgraph/sparql', ppath=>'/!sparql/',
  is_dav=>1, vsp_user=>'dba', opts=>vector('noinherit', 1),
  auth_fn=>'DB.DBA.HP_AUTH_SPARQL_USER', realm=>'SPARQL', sec=>'basic');
DB.DBA.VHOST_DEFINE(lpath=>'/medalgraph/sparql-graph-crud', ppath=>'/!sparql-graph-crud/',
  is_dav=>1, vsp_user=>'dba', opts=>vector('noinherit', 1, 'exec_as_get', 1),
  auth_fn=>'DB.DBA.HP_AUTH_SPARQL_USER', realm=>'SPARQL', sec=>'basic');
CHECKPOINT;
"""


def _set(text: str, section: str, key: str, value: str) -> str:
    changed, times = re.subn(
        rf"(?ms)^(\[{section}\].*?^{key})\s*=[^\n]*$", rf"\g<1> = {value}", text, count=1
    )
    assert times, f"Debian's virtuoso.ini has no {key} in [{section}]."
    return changed


def need(kind: type[RealEngine]) -> None:
    """Skip the test where an engine is not installed; in CI what a package index gives must be."""
    if kind.installed():
        return
    if os.environ.get("CI") and "PyPI" in kind.package:
        pytest.fail(f"CI must have {kind.name}: {kind.package}.")
    # Virtuoso needs apt and root, which a machine may lack; of the others CI has failed above.
    pytest.skip(f"needs {kind.name}, which {kind.package} brings and 'make test' installs")


@contextmanager
def running(engine: Engine) -> Iterator[Engine]:
    """Start an engine, and kill it at the end whatever happened."""
    try:
        engine.start()
        yield engine
    finally:
        engine.kill()
