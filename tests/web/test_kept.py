"""An export that was written once for a revision is sent again as it lies on disk, and never in part, too late or too long."""

import gzip
import os
import time
from pathlib import Path

import pytest
from sqlalchemy import make_url

from app import export
from app.actions.decisions import accept, reject
from app.queries.reference import Revision
from app.seed import COMPILER
from app.web import kept
from app.web.kept import UNFINISHED, Kept, NotKept, kept_name

PLAIN = {"Accept-Encoding": "identity"}


@pytest.fixture(autouse=True)
def all_sizes(monkeypatch):
    """So that small files are kept too."""
    monkeypatch.setattr(kept, "SMALLEST", 1)


def files(engine) -> list[Path]:
    return sorted(Path(f"{make_url(str(engine.url)).database}.files").iterdir())


@pytest.fixture
def written(monkeypatch):
    """The filters of all files that had to be written."""
    asked = []

    def lines(connection, chosen):
        asked.append(chosen.query())
        return export.incident_lines(connection, chosen)

    monkeypatch.setitem(export.FORMATS, "csv", lines)
    return asked


@pytest.mark.parametrize("query", ["", "?base=al-tanf", "?q=zzzz"])
def test_a_repeated_download_is_the_first_one_to_the_byte_and_is_not_written_again(seeded, asking, written, query):
    client = asking(seeded)
    first, second = (client.get(f"/incidents.csv{query}", headers=PLAIN) for _ in range(2))
    assert first.content == second.content
    assert first.headers["content-length"] == second.headers["content-length"] == str(len(first.content))
    assert first.headers["etag"] == second.headers["etag"]
    assert written == [query]
    assert client.get(f"/ar/incidents.csv{query}", headers=PLAIN).content == first.content
    assert written == [query]


def test_a_packed_file_is_kept_packed_and_holds_the_same(seeded, asking, written):
    client = asking(seeded)
    plain = client.get("/incidents.csv", headers=PLAIN)
    packed = [client.get("/incidents.csv", headers={"Accept-Encoding": "gzip"}) for _ in range(2)]
    assert {one.headers["content-encoding"] for one in packed} == {"gzip"}
    assert {one.content for one in packed} == {plain.content}
    assert all("accept-encoding" in one.headers["vary"].lower() for one in (plain, *packed))
    assert plain.headers["etag"] != packed[0].headers["etag"]
    assert len(written) == 2
    (path,) = [one for one in files(seeded) if one.suffix == ".gz"]
    assert gzip.decompress(path.read_bytes()) == plain.content
    assert int(packed[0].headers["content-length"]) == path.stat().st_size


def test_who_has_the_file_is_told_so(seeded, asking):
    client = asking(seeded)
    tag = client.get("/incidents.csv", headers=PLAIN).headers["etag"]
    again = client.get("/incidents.csv", headers={**PLAIN, "If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    accept(seeded, incident="SJ-0044", editor=COMPILER)
    assert client.get("/incidents.csv", headers={**PLAIN, "If-None-Match": tag}).status_code == 200


def test_a_new_revision_gives_the_new_rows_at_the_next_request_and_the_old_file_goes(seeded, asking):
    client = asking(seeded)
    before = client.get("/incidents.csv", headers=PLAIN)
    reject(seeded, incident="SJ-0044", editor=COMPILER, reason="no attack", ground="not_an_attack")
    after = client.get("/incidents.csv", headers=PLAIN)
    assert "SJ-0044" in before.text
    assert "SJ-0044" not in after.text
    assert [path.name for path in files(seeded)] == [after.headers["etag"].strip('"')]


def test_each_filter_and_format_has_a_file_of_its_own(seeded, asking):
    client = asking(seeded)
    addresses = ("/incidents.csv", "/incidents.geojson", "/incidents.csv?base=al-tanf", "/incidents.csv?base=conoco")
    for _ in range(2):
        assert len({client.get(address, headers=PLAIN).content for address in addresses}) == 4
    assert len(files(seeded)) == 4


def test_where_reviewed_incidents_alone_are_shown_the_file_holds_no_others(seeded, asking):
    accept(seeded, incident="SJ-0044", editor=COMPILER)
    whole, reviewed = asking(seeded), asking(seeded, public="reviewed")
    for _ in range(2):
        assert whole.get("/incidents.csv", headers=PLAIN).text.count("SJ-") > 100
        assert reviewed.get("/incidents.csv", headers=PLAIN).text.count("SJ-") == 1


def test_a_file_that_breaks_off_is_an_error_and_leaves_nothing(seeded, asking, monkeypatch):
    client = asking(seeded)

    def breaks(connection, chosen):
        yield "half of"
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setitem(export.FORMATS, "csv", breaks)
        with pytest.raises(OSError, match="disk full"):
            client.get("/incidents.csv", headers=PLAIN)
    assert files(seeded) == []
    assert client.get("/incidents.csv", headers=PLAIN).text.count("SJ-") > 100


def test_what_another_version_of_the_program_wrote_is_not_sent(seeded, asking):
    name = asking(seeded).get("/incidents.csv", headers=PLAIN).headers["etag"].strip('"')
    (path,) = files(seeded)
    path.write_text("old")
    assert asking(seeded).get("/incidents.csv", headers=PLAIN).text != "old"
    assert [one.name for one in files(seeded)] == [name]


def content(held) -> bytes:
    with held:
        return held.read()


def test_the_folder_is_bounded_and_the_one_that_nobody_asked_for_goes_first(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "MOST_FILES", 2)
    held = Kept(tmp_path)
    for age, name in ((300, "r1-a"), (200, "r1-b")):
        held.written(name, [name]).close()
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    held.found("r1-a").close()
    assert content(held.written("r1-c", ["c"])) == b"c"
    assert {path.name for path in tmp_path.iterdir()} == {"r1-a", "r1-c"}
    monkeypatch.setattr(kept, "MOST_BYTES", 10)
    assert content(held.written("r1-d", ["much" * 10])) == b"much" * 10
    assert list(tmp_path.iterdir()) == []


def test_small_files_are_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "SMALLEST", 3)
    held = Kept(tmp_path)
    assert content(held.written("r1-a", ["ab"])) == b"ab"
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(NotKept):
        held.found("r1-a")


def test_a_file_that_is_being_read_is_read_to_its_end(tmp_path):
    held = Kept(tmp_path)
    held.written("r1-a", ["a"]).close()
    reading = held.found("r1-a")
    held.written("r2-a", ["b"]).close()
    assert [path.name for path in tmp_path.iterdir()] == ["r2-a"]
    assert content(reading) == b"a"


def test_what_another_process_is_writing_stays_and_what_one_left_goes(tmp_path):
    for age in (0, kept.LEFT + 1):
        path = tmp_path / f"{UNFINISHED}{age}"
        path.touch()
        os.utime(path, (time.time() - age,) * 2)
    Kept(tmp_path).written("r1-a", ["a"]).close()
    assert {path.name for path in tmp_path.iterdir()} == {f"{UNFINISHED}0", "r1-a"}


def test_a_register_that_was_put_back_from_a_copy_has_names_of_its_own():
    names = {
        kept_name(Revision(7, moment), *what) for moment in ("a", "b") for what in (("csv", ""), ("csv", "?q=x"), ("geojson", ""))
    }
    assert len(names) == 6
