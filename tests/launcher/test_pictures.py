"""The pictures of the README are those that bin/pictures takes, and all of them are there."""

import re
from pathlib import Path

import pytest
from launcher import pictures
from launcher.talk import Trouble
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("page", ["README.md", "README.zh-hans.md"])
def test_the_page_shows_every_picture_and_no_other(page):
    shown = re.findall(r"!\[[^]]+\]\((docs/pictures/[^)]+)\)", (ROOT / page).read_text())
    taken = [f"docs/pictures/{picture.name}.png" for picture in pictures.PICTURES]
    assert sorted(shown) == sorted(taken)


@pytest.mark.parametrize("picture", pictures.PICTURES, ids=lambda picture: picture.name)
def test_a_picture_is_as_wide_as_the_screen_and_small_enough_for_a_page(picture):
    path = ROOT / "docs" / "pictures" / f"{picture.name}.png"
    assert path.stat().st_size < 200_000
    with Image.open(path) as image:
        assert image.size == picture.size


def test_it_takes_no_words(capsys):
    with pytest.raises(Trouble, match="不带参数"):
        pictures.run(["workbench"])
