import pytest

from attachments.flow import attach, receive
from attachments.models import Attachment
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
def received(cast):
    """`received(content)` is a file the clerk has sent and not yet attached."""

    def make(content=None, name="来文.pdf", by=None):
        whole = samples.pdf() if content is None else content
        return receive(samples.file(whole, name), name, by=by or cast.clerk)

    return make


@pytest.fixture
def attached(paper, cast, received):
    """`attached(content)` is a file on the paper."""

    def make(content=None, name="来文.pdf"):
        upload = received(content, name)
        (made,) = attach([upload], paper, by=cast.clerk, post=cast.clerk.posts[0])
        return made

    return make


@pytest.fixture
def attachment(attached):
    """Two pages, drawn."""
    made = attached(samples.pdf(pages=2), NAME)
    draw_pages(made.content_id)
    return Attachment.objects.select_related("content").get(pk=made.pk)
