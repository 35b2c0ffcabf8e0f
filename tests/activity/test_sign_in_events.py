"""What happens at the door is written down: wrong passwords, the lock, a new password."""

from activity.models import Event


def knock(client, username="clerk", password="wrong-password-1"):
    return client.post("/sign-in/", {"username": username, "password": password})


def verbs(actor):
    return list(Event.objects.about(actor.user).order_by("pk").values_list("verb", flat=True))


def test_a_wrong_password_is_written_down_without_what_was_typed(cast, client):
    knock(client)
    event = Event.objects.about(cast.clerk.user).get()
    assert (event.verb, event.by_system, event.details) == ("user.sign_in_failed", True, {})
    assert event.procuratorate == cast.clerk.procuratorate


def test_the_lock_is_written_once_however_often_somebody_knocks(cast, client):
    for _ in range(12):
        knock(client)
    assert verbs(cast.clerk) == ["user.sign_in_failed"] * 4 + ["user.sign_in_locked"]


def test_an_account_that_is_not_there_leaves_nothing(cast, client):
    knock(client, username="nobody")
    assert not Event.objects.exists()


def test_a_new_password_is_written_down_and_not_what_it_is(cast, signed_in):
    new = "canary-long-enough-77"
    form = {"old_password": "password-of-clerk", "new_password1": new, "new_password2": new}
    assert signed_in("clerk").post("/password/", form).status_code == 302
    event = Event.objects.about(cast.clerk.user).get(verb="user.password")
    assert event.user == cast.clerk.user
    assert new not in str(event.details)


def test_a_password_that_is_not_taken_leaves_no_event(cast, signed_in):
    form = {"old_password": "wrong", "new_password1": "x", "new_password2": "y"}
    signed_in("clerk").post("/password/", form)
    assert "user.password" not in verbs(cast.clerk)
