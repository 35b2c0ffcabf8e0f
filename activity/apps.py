"""What happened, who must act, who must know."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

ADMINISTERED = (
    "procuratorate", "department", "user", "post", "calendarday", "deadlinerule", "series",
    "ladderstage", "channel", "phrase",
)  # fmt: skip


class ActivityConfig(AppConfig):
    name = "activity"
    verbose_name = _("Activity")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from activity import receivers
        from activity.words import ADMINISTRATIVE, SENTENCES, explain
        from organization.signals import administered

        SENTENCES["user.sign_in"] = _("signed in")
        SENTENCES["user.sign_out"] = _("signed out")
        SENTENCES["assignment.remind"] = _("reminder: with {holder}, {days_left}, due {due_on}")
        SENTENCES["channel.set"] = _("changed a channel of messages: {channel}")
        SENTENCES["outboxmessage.retry"] = _("had it sent again")
        for model in ADMINISTERED:
            explain(model)
        SENTENCES["user.start_password"] = _("issued a start password for {what}")
        SENTENCES["user.unlock"] = _("unlocked the sign-in of {what}")
        ADMINISTRATIVE.update({"user.start_password", "user.unlock", "channel.set"})
        ADMINISTRATIVE.update({"user.sign_in", "user.sign_out", "outboxmessage.retry"})
        administered.connect(receivers.write_administered)
        user_logged_in.connect(receivers.write_sign_in)
        user_logged_out.connect(receivers.write_sign_out)
