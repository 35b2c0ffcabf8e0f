"""Whatever is done to a file: it is found out or refused, and nothing else ever happens."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attachments.reading import Found, Refused, inspect
from attachments.reading.answers import CODES
from tests.attachments import samples as pictures
from tests.attachments.reading import samples

SAMPLES = {
    "pdf": samples.pdf("A line of text that is long enough", None),
    "docx": samples.docx("第一段", header="页眉"),
    "xlsx": samples.xlsx(),
    "ofd": samples.ofd("第一页", "第二页"),
    "doc": samples.doc(**{"ObjectPool/_1/\x01Ole10Native": b"x" * 40}),
    "png": pictures.picture("PNG"),
    "jpg": pictures.picture("JPEG"),
    "tif": pictures.tiff(2),
    "txt": "关于报送总结的通知".encode(),
}
CHANGES = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=4)), min_size=1, max_size=6
)


def changed(content, changes):
    out = bytearray(content)
    for share, other in changes:
        place = int(share * len(out))
        out[place : place + max(len(other), 1)] = other
    return bytes(out)


@pytest.mark.parametrize("ending", SAMPLES)
@given(changes=CHANGES)
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_file_with_other_bytes_in_it_is_found_out_or_refused(ending, changes):
    with tempfile.NamedTemporaryFile() as file:
        file.write(changed(SAMPLES[ending], changes))
        file.flush()
        try:
            found = inspect(Path(file.name), f"来文.{ending}", limit=10_000_000)
        except Refused as refusal:
            code = refusal.code
        else:
            code = None
            assert isinstance(found, Found)
    assert code in {None, *CODES} - {"unavailable", "timeout"}
