"""One server, one browser, two offices: a small one and a large one, side by side."""

import os

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from tests.browsing import chromium
from tests.pages.looking import Eyes
from tests.pages.office import furnished

SMALL, LARGE = 2, 60


@pytest.fixture(scope="package")
def db(django_db_setup, django_db_blocker):
    """In place of one transaction for each test: rows that stay, which the server's threads see.

    The browser's event loop runs beside, but nothing here is awaited.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with django_db_blocker.unblock():
        yield
        call_command("flush", verbosity=0, interactive=False)
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="package")
def offices(db):
    return {
        SMALL: furnished("北丘县人民检察院", SMALL),
        LARGE: furnished("南丘县人民检察院", LARGE),
    }


@pytest.fixture(scope="package")
def server(db):
    running = LiveServer("localhost")
    yield running.url
    running.stop()


@pytest.fixture(scope="package")
def browser(db):
    with chromium() as started:
        yield started
        connections.close_all()  # Django opened one more inside the browser's event loop


@pytest.fixture(scope="package")
def eyes(browser, server):
    """`eyes.of(user)` is that person at a browser of their own."""
    looking = Eyes(browser, server)
    yield looking
    looking.close()


@pytest.fixture(scope="package")
def clients(db):
    """`clients(user)` is a client with that person at the keyboard."""
    known = {}

    def client(user):
        if user not in known:
            known[user] = Client()
            if user:
                known[user].force_login(user)
        return known[user]

    return client
