"""curl and Comunica, as programs of their own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from service.examples import EXAMPLES

if TYPE_CHECKING:
    from tests.asking import Asking

NODE = Path(sys.executable).with_name("node")
COMUNICA = Path(sys.prefix) / "comunica"
NAMES = "SELECT ?name { ?p <http://ex/height> ?height ; rdfs:label ?name } ORDER BY ?name"


def curl(*words: str) -> str:
    """Run curl, and return what it printed; it must succeed."""
    program = shutil.which("curl")
    if program is None:
        # Nothing here needs curl; where the machine has none, there is no such client to try.
        pytest.skip("needs the program curl")
    done = subprocess.run([program, "-sS", *words], capture_output=True, text=True, check=True)
    return done.stdout


def test_curl_gets_csv(address: str) -> None:
    said = curl(
        "-G", f"{address}/sparql", "-H", "Accept: text/csv", "--data-urlencode", f"query={NAMES}"
    )
    assert said == "name\nLamiya Valiyeva\nRaman Salei\n"


def test_curl_sends_a_query_from_a_file(address: str, tmp_path: Path) -> None:
    file = tmp_path / "names.rq"
    file.write_text(NAMES, encoding="utf-8")
    plain = curl(f"{address}/sparql", "--data-urlencode", f"query@{file}", "-d", "format=tsv")
    direct = curl(
        f"{address}/sparql?format=tsv",
        *("-H", "Content-Type: application/sparql-query", "--data-binary", f"@{file}"),
    )
    assert plain == direct == '?name\n"Lamiya Valiyeva"@en\n"Raman Salei"@en\n'


def test_curl_unpacks_what_is_packed(address: str) -> None:
    said = curl("-D", "-", "--compressed", f"{address}/sparql", "-H", "Accept: text/turtle")
    assert "content-encoding: gzip" in said.lower()
    assert "sd:namedGraph" in said


def test_curl_puts_reads_and_deletes_a_graph(service: Asking, address: str, tmp_path: Path) -> None:
    file = tmp_path / "team.ttl"
    file.write_text('<http://ex/team> <http://ex/name> "Azərbaycan"@az .', encoding="utf-8")
    token = f"Authorization: {service.bearer['Authorization']}"
    graph = f"{address}/graphs?graph=http://ex/curl"
    status = ("-o", os.devnull, "-w", "%{http_code}")
    put = curl(*status, "-T", str(file), "-H", "Content-Type: text/turtle", "-H", token, graph)
    assert put == "201"
    assert '"Azərbaycan"@az' in curl("-H", "Accept: text/turtle", graph)
    assert curl(*status, "-I", graph) == "200"
    assert curl(*status, "-X", "DELETE", "-H", token, graph) == "204"
    assert curl(*status, graph) == "404"


def test_curl_asks_again_only_for_what_changed(address: str, tmp_path: Path) -> None:
    known = tmp_path / "etag"
    words = ("-o", os.devnull, "-w", "%{http_code}", f"{address}/graphs?graph=http://ex/book")
    assert curl("--etag-save", str(known), *words) == "200"
    assert curl("--etag-compare", str(known), *words) == "304"


def comunica(query: str, *sources: str, form: str = "application/sparql-results+json") -> str:
    """Ask a query of sources with Comunica, and return what it answers."""
    if not (COMUNICA / "node_modules").is_dir():
        # It comes from npm, which a machine without a way there cannot install.
        pytest.skip("needs Comunica, which 'make test' installs where it can reach npm")
    done = subprocess.run(
        [NODE, COMUNICA / "ask.mjs", query, *sources],
        capture_output=True,
        text=True,
        check=False,
        cwd=COMUNICA,
        env=os.environ | {"FORM": form},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows(answer: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(answer)["results"]["bindings"]
    return found


def test_comunica_finds_the_endpoint_and_asks_it(address: str) -> None:
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    query = f"SELECT ?name {{ ?p <http://ex/height> ?h ; {label} ?name }} ORDER BY ?name"
    found = rows(comunica(query, f"{address}/sparql"))
    assert [row["name"]["value"] for row in found] == ["Lamiya Valiyeva", "Raman Salei"]


def test_comunica_joins_two_services(address: str) -> None:
    query = "SELECT ?m { ?e <http://ex/athlete> <http://ex/raman> ; <http://ex/medal> ?m }"
    graph = f"{address}/graphs?graph=http://ex/book"
    found = rows(comunica(query, f"{address}/sparql", graph))
    assert {row["m"]["value"] for row in found} == {"http://ex/Silver"}


def test_comunica_constructs(address: str) -> None:
    query = "CONSTRUCT { ?p <http://ex/tall> ?h } WHERE { ?p <http://ex/height> ?h }"
    said = comunica(query, f"{address}/sparql", form="application/n-triples")
    assert len(re.findall(r"<http://ex/tall>", said)) == 2


def test_comunica_reads_the_description_of_the_store(address: str) -> None:
    void = "http://rdfs.org/ns/void#"
    query = f"SELECT ?n {{ ?d <{void}sparqlEndpoint> ?e ; <{void}triples> ?n }}"
    found = rows(comunica(query, f"{address}/.well-known/void"))
    assert [row["n"]["value"] for row in found] == ["11"]


def test_comunica_finds_the_examples_at_the_endpoint(address: str) -> None:
    sh = "http://www.w3.org/ns/shacl#"
    found = rows(comunica(f"SELECT ?q {{ ?q a <{sh}SPARQLExecutable> }}", f"{address}/sparql"))
    assert len(found) == len(EXAMPLES)
