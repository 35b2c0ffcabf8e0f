import pytest

from attachments.reading import Refused, inspect, whole_text

LIMIT = 50 * 1024 * 1024


@pytest.fixture
def look(tmp_path):
    """`look(content, name)` is what is found out about such an upload."""

    def look(content, name="来文.pdf", limit=LIMIT):
        path = tmp_path / "upload"
        path.write_bytes(content)
        return inspect(path, name, limit=limit)

    return look


@pytest.fixture
def refused(look):
    """`refused(content, name)` is the refusal of such an upload."""

    def refused(*asked, **options):
        with pytest.raises(Refused) as refusal:
            look(*asked, **options)
        return refusal.value

    return refused


@pytest.fixture
def read(tmp_path):
    """`read(content, kind)` is the whole text of such a file."""

    def read(content, kind):
        path = tmp_path / "taken"
        path.write_bytes(content)
        return whole_text(path, kind)

    return read
