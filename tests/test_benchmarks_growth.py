"""The benchmark of growth measures, resumes and fits as it says, and its document follows it."""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from math import exp
from pathlib import Path

import pytest

from benchmarks.growth import __main__ as command
from benchmarks.growth import document, results
from benchmarks.growth.chart import chart
from benchmarks.growth.fitting import fit
from benchmarks.growth.loads import LoadFailed, load_medalgraph
from benchmarks.growth.processes import disk_mib, processor_s, run
from benchmarks.growth.report import curves, table
from benchmarks.growth.results import Sample, Step, samples

HAS_OXIGRAPH = Path(sys.executable).with_name("oxigraph").exists()


def growing(what: str, *, factor: float, exponent: float, unit: str = "s") -> list[Sample]:
    """Return what follows a power law exactly, at three sizes."""
    sizes = (1_000_000, 5_000_000, 20_000_000)
    return [Sample(what, "medalgraph", unit, size, (factor * size**exponent,)) for size in sizes]


def test_a_power_law_is_found_again_from_its_points() -> None:
    law = fit([(one.statements, one.middle) for one in growing("x", factor=3e-5, exponent=0.75)])

    assert law is not None
    assert law.exponent == pytest.approx(0.75)
    assert law.factor == pytest.approx(3e-5)
    assert law.interval == pytest.approx((0.75, 0.75))
    assert law.residuals == pytest.approx((0, 0, 0), abs=1e-9)
    assert law.at(1e9) == pytest.approx(3e-5 * 1e9**0.75)
    assert law.formula == "3e-05 · n^0.750"


def test_the_interval_is_that_of_a_certified_regression() -> None:
    # Norris, linear regression, NIST Statistical Reference Datasets; taken as logarithms, each
    # of a hundredth, so that the slope and its deviation stay what they are.
    pairs = (
        *((0.1, 0.2), (338.8, 337.4), (118.1, 118.2), (888.0, 884.6), (9.2, 10.1)),
        *((228.1, 226.5), (668.5, 666.3), (998.5, 996.3), (449.1, 448.6), (778.9, 777.0)),
        *((559.2, 558.2), (0.3, 0.4), (0.1, 0.6), (778.1, 775.5), (668.8, 666.9)),
        *((339.3, 338.0), (448.9, 447.5), (10.8, 11.6), (557.7, 556.0), (228.3, 228.1)),
        *((998.0, 995.8), (888.8, 887.6), (119.6, 120.2), (0.3, 0.3), (0.6, 0.3)),
        *((557.6, 556.8), (339.3, 339.1), (888.0, 887.2), (998.5, 999.0), (778.9, 779.0)),
        *((10.2, 11.1), (117.6, 118.3), (228.9, 229.2), (668.4, 669.1), (449.2, 448.9)),
        (0.2, 0.5),
    )
    law = fit([(exp(x / 100), exp(y / 100)) for y, x in pairs])

    assert law is not None
    assert law.exponent == pytest.approx(1.00211681802045, rel=1e-9)
    assert law.interval is not None
    low, high = law.interval
    # From ten degrees of freedom on, t of ten is taken: 2.228.
    assert (high - low) / 2 / 2.228 == pytest.approx(0.429796848199937e-3, rel=1e-6)


def test_beyond_its_points_a_law_is_as_sure_as_its_exponent() -> None:
    law = fit([(10, 1.0), (100, 20.0), (1000, 100.0)])

    assert law is not None
    assert law.exponent == pytest.approx(1.0)
    assert law.centre == pytest.approx(100)
    assert law.interval is not None
    low, high = law.interval
    # 10,000 is two decades from the centre.
    assert law.between(10_000) == pytest.approx(
        (law.at(10_000) * 100 ** (low - 1), law.at(10_000) * 100 ** (high - 1))
    )
    assert law.between(100) == pytest.approx((law.at(100), law.at(100)))


def test_two_points_have_a_curve_and_no_interval_and_one_has_none() -> None:
    law = fit([(10, 1.0), (1000, 100.0)])

    assert law is not None
    assert law.exponent == pytest.approx(1.0)
    assert law.interval is None
    assert law.between(1e6) is None
    assert fit([(10, 1.0)]) is None
    assert fit([(10, 1.0), (10, 2.0), (100, 0.0)]) is None


def test_the_table_has_the_median_the_least_and_the_exponent() -> None:
    measured = [
        Sample("look-up", "medalgraph", "s", 1_000_000, (0.5, 0.2, 0.3)),
        Sample("look-up", "medalgraph", "s", 4_000_000, (0.6,)),
    ]

    heads, _, line = table(measured).splitlines()

    assert heads.startswith("| what | engine | unit | 1 M | 4 M |")
    assert line.startswith("| look-up | medalgraph | s | 0.300 (0.200) | 0.600 | 0.50 |")


def test_the_picture_has_a_point_for_each_size_of_each_curve() -> None:
    measured = growing("load", factor=1e-5, exponent=1.0, unit="processor s")
    measured += growing("look-up", factor=1e-3, exponent=0.1, unit="processor s")
    measured += growing("look-up", factor=2e-3, exponent=0.1)

    picture = ET.fromstring(chart(measured))  # noqa: S314 - written a line above

    assert len(picture.findall(".//{*}circle")) == 6
    assert len(picture.findall(".//{*}polyline")) == 2


def test_what_a_process_took_is_told() -> None:
    busy = "import time; end = time.process_time() + 0.2\nwhile time.process_time() < end: pass"

    ended = run([sys.executable, "-c", f"{busy}\nprint('done')"], stdin=subprocess.DEVNULL)

    assert (ended.said, ended.status) == ("done\n", 0)
    assert 0.2 <= ended.processor_s < 60
    assert ended.peak_mib > 1
    assert processor_s(os.getpid()) >= ended.processor_s


def test_a_process_that_wants_too_much_memory_does_not_get_it() -> None:
    large = "import time; time.sleep(0.5); b'x' * (1 << 30)"

    ended = run([sys.executable, "-c", large], stdin=subprocess.DEVNULL, memory_bytes=1 << 28)

    assert ended.status != 0


def test_a_file_with_two_names_counts_once(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"x" * (1 << 20))
    (tmp_path / "two").hardlink_to(tmp_path / "one")

    assert disk_mib(tmp_path) == 1


def test_a_step_is_read_as_it_was_written(tmp_path: Path) -> None:
    step = Step(5, "load x", results.now(), (0.5, 1.5), (Sample("a", "x", "s", 5, (1.0, 2.0)),))

    results.write(step, tmp_path)

    assert results.read(tmp_path) == [step]
    assert results.place(tmp_path, 5, "load x").exists()


def test_a_load_without_the_memory_for_it_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(LoadFailed, match="medalgraph ended with"):
        load_medalgraph(120_000, tmp_path, memory_bytes=100 << 20)


@pytest.mark.skipif(not HAS_OXIGRAPH, reason="needs oxigraph's server, which 'make test' installs")
def test_both_engines_are_measured_and_a_second_run_measures_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--folder", str(tmp_path), "--sizes", "4000,12_000", "--rounds", "1"]
    command.main(asked)
    first = capsys.readouterr()
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "measured").iterdir()}

    command.main(asked)

    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "measured").iterdir()} == times
    assert capsys.readouterr().out == first.out
    found = curves(samples(results.read(tmp_path / "measured")))
    assert {curve.engine for curve in found} == {
        "medalgraph",
        "medalgraph, in memory",
        "oxigraph",
    }
    assert {len(curve.samples) for curve in found} == {2}
    asked_of_all = [curve.engine for curve in found if (curve.what, curve.unit) == ("look-up", "s")]
    assert len(asked_of_all) == 3


def test_a_load_that_failed_is_kept_as_such_and_not_tried_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--folder", str(tmp_path), "--sizes", "3000", "--memory-gib", "0.01"]
    command.main(asked)
    tried = capsys.readouterr()

    command.main(asked)

    assert [step.failed[:5] for step in results.read(tmp_path / "measured")] == ["medal", "oxigr"]
    assert "ended with" in tried.err
    assert capsys.readouterr().err == ""
    assert not (tmp_path / "3000" / "medalgraph").exists()


def test_a_size_that_the_disk_has_no_room_for_is_not_begun(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command.main(["--folder", str(tmp_path), "--sizes", "50_000_000", "--disk-gib", "10"])

    assert "50,000,000 in medalgraph takes about 47 GiB of disk" in capsys.readouterr().err
    assert results.read(tmp_path / "measured") == []


def test_the_document_has_the_numbers_that_follow_from_what_was_measured() -> None:
    written = document.DOCUMENT.read_text("utf-8")

    assert document.filled(written, document.kept()) == written
    assert document.PICTURE.read_text("utf-8") == chart(samples(document.kept()))


def test_another_measurement_makes_another_document() -> None:
    steps = document.kept()
    slower = [replace(step, samples=tuple(map(_slower, step.samples))) for step in steps]
    written = document.DOCUMENT.read_text("utf-8")

    assert document.filled(written, slower) != written


def _slower(sample: Sample) -> Sample:
    return replace(sample, values=tuple(value * 3 for value in sample.values))
