"""Two clerks of two places and one paper with a file, made by the product's own steps."""

import json
import sys
from types import SimpleNamespace

from attachments.models import Attachment
from documents.models import State
from organization import loaders
from organization.models import Department, Level, Procuratorate, Role
from tests.attachments import samples
from tests.conftest import make_person
from tests.documents.factories import paper_in

NAME = "关于印发《办法》的通知（2026）第3号.pdf"
PASSWORD = "password-of-{}"
PAGES = 3


def main():
    """Says in JSON where the file is. Run by `manage.py shell`, beside the running office."""
    clerks = {}
    for login, name in {"clerk": "北丘县人民检察院", "outsider": "南丘县人民检察院"}.items():
        place = Procuratorate.objects.create(name=name, short_name=name[:4], level=Level.COUNTY)
        loaders.load_series(place)
        office = Department.objects.create(procuratorate=place, name="办公室")
        clerks[login] = make_person(login, place, (Role.RECORDS_CLERK, office))
    file = samples.file(samples.pdf(pages=PAGES), NAME)
    cast = SimpleNamespace(**clerks, head=clerks["clerk"])
    paper_in(State.SIGNED_FOR, cast, file=file, divided=False)
    attachment = Attachment.objects.get()
    json.dump({"pk": attachment.pk, "path": attachment.content.path}, sys.stdout)
