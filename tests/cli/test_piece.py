"""Work in pieces: read piece by piece, a large file is what it is as a whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhook.cli import piece
from webhook.cli.piece import pieces_of
from webhook.cli.source import Source
from webhook.core.errors import ManifestError
from webhook.manifest.reader import read_documents

PARTS = st.sampled_from(
    [
        "a: 1\n",
        "# nothing\n",
        "",
        "b: |\n  text\n  more\n",
        "c: {d: [1, 2]}\r\n",
        "e: 'ä ✓'\n",
        "- 1\n",
        "\n\nf: x\n",
        "text\n",
        "...\n",
        "g: [\n",
        "---x\n",
        "--- {h: 1}\n",
        "%YAML 1.1\n",
        "{i: 1}\n",
        '{"j": 1}\n',
    ]
)
BORDERS = st.sampled_from(["---\n", "---  \n", "---\r\n", "--- # why\n"])
STREAMS = st.lists(st.tuples(PARTS, BORDERS)).map(lambda pairs: "".join(part + border for part, border in pairs))


def source(text):
    data = text.encode()
    return Source("it.yaml", size=len(data), data=data)


def told(documents):
    return [(one.value, one.position(), one.format, one.warnings) for one in documents]


def whole(text):
    try:
        return told(read_documents(text.encode(), file="it.yaml"))
    except ManifestError as error:
        return str(error)


def piece_by_piece(text):
    try:
        return [one for part in pieces_of([(0, source(text))]) for one in told(part.documents())]
    except ManifestError as error:
        return str(error)


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(piece, "PIECE_BYTES", 8)


@given(st.one_of(STREAMS, PARTS.flatmap(lambda first: STREAMS.map(lambda rest: first + rest))))
def test_a_stream_read_piece_by_piece_is_the_stream(text):
    before, piece.PIECE_BYTES = piece.PIECE_BYTES, 8
    try:
        assert whole(text) == piece_by_piece(text)
    finally:
        piece.PIECE_BYTES = before


def test_a_large_file_is_cut_at_the_borders_of_documents(small):
    pieces = list(pieces_of([(7, source("a: 1\nb: 2\n---\nc: 3\n---\nd: 4\ne: 5\n"))]))

    assert ["a: 1\nb: 2\n", "---\nc: 3\n", "---\nd: 4\ne: 5\n"] == [one.text for one in pieces]
    assert [0, 2, 4] == [one.lines for one in pieces]
    assert {7} == {one.number for one in pieces}
    assert "it.yaml, from line 3 on" == str(pieces[1])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"a": 1}\n{"b": 2}\n', id="a stream of JSON"),
        pytest.param("%YAML 1.1\n---\na: 1\n---\nb: 1\n", id="directives"),
        pytest.param("a: 1\n---\n%TAG ! x\n---\nb: 1\n", id="directives later"),
    ],
)
def test_what_cannot_be_cut_stays_whole(small, text):
    assert [None] == [one.text for one in pieces_of([(0, source(text))])]


def test_a_large_file_that_is_no_text_stays_whole_for_whoever_says_so(small, tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"a: \xff" * 10)

    [one] = pieces_of([(0, Source("a.yaml", "a.yaml", 50))])

    with pytest.raises(ManifestError, match="no UTF-8"):
        one.documents()


def test_a_small_file_is_not_read_before_its_turn():
    [one] = pieces_of([(0, Source("gone.yaml", "gone.yaml", 5))])

    assert (None, 5, "gone.yaml") == (one.text, one.size, str(one))
