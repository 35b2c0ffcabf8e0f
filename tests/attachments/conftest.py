import pytest

from attachments.flow import attach
from attachments.tasks import draw_pages
from documents.models import State
from tests.attachments import samples
from tests.attachments.asking import NAME
from tests.documents.factories import paper_in


@pytest.fixture
def paper(cast):
    """Signed for by the clerk; nobody has it but the records clerks and the office director."""
    return paper_in(State.SIGNED_FOR, cast)


@pytest.fixture
def attached(paper, cast):
    """`attached(content)` is a file on the paper."""

    def make(content=None, name="来文.pdf"):
        whole = samples.pdf() if content is None else content
        return attach(samples.file(whole, name), paper, post=cast.clerk.posts[0])

    return make


@pytest.fixture
def attachment(attached):
    """Two pages, drawn."""
    made = attached(samples.pdf(pages=2), NAME)
    draw_pages(made.pk)
    return made
