"""What happened, who must act, who must know."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

ADMINISTERED = (
    "procuratorate", "department", "user", "post", "calendarday", "deadlinerule", "series",
    "ladderstage", "channel", "phrase", "delegation",
)  # fmt: skip


class ActivityConfig(AppConfig):
    name = "activity"
    verbose_name = _("Activity")

    def ready(self) -> None:
        from axes.signals import user_locked_out
        from django.contrib.auth.signals import (
            user_logged_in,
            user_logged_out,
            user_login_failed,
        )

        from activity import receivers
        from activity.words import ADMINISTRATIVE, SENTENCES, explain
        from organization.signals import administered

        SENTENCES["user.sign_in"] = _("signed in")
        SENTENCES["user.sign_out"] = _("signed out")
        SENTENCES["user.sign_in_failed"] = _("a sign-in with a wrong password was refused")
        SENTENCES["user.sign_in_locked"] = _("sign-in was locked after too many wrong passwords")
        SENTENCES["user.password"] = _("chose a new password")
        SENTENCES["assignment.remind"] = _("reminder: with {holder}, {days_left}, due {due_on}")
        _explain_recount()
        SENTENCES["channel.set"] = _("changed a channel of messages: {channel}")
        SENTENCES["outboxmessage.retry"] = _("had it sent again")
        for model in ADMINISTERED:
            explain(model)
        SENTENCES["user.start_password"] = _("issued a start password for {what}")
        SENTENCES["user.unlock"] = _("unlocked the sign-in of {what}")
        ADMINISTRATIVE.update({"user.start_password", "user.unlock", "channel.set"})
        ADMINISTRATIVE.update({"user.sign_in", "user.sign_out", "outboxmessage.retry"})
        administered.connect(receivers.write_administered)
        administered.connect(receivers.look_at_deadlines)
        ADMINISTRATIVE.update({"user.sign_in_failed", "user.sign_in_locked", "user.password"})
        user_login_failed.connect(receivers.write_failed_sign_in)
        user_locked_out.connect(receivers.write_lock)
        user_logged_in.connect(receivers.write_sign_in)
        user_logged_out.connect(receivers.write_sign_out)
        self._explain_lending()

    def _explain_lending(self) -> None:
        from activity.words import ADMINISTRATIVE, SENTENCES

        SENTENCES["assignment.hand_over"] = _("handed over from {leaver}, who leaves, to {to}")
        SENTENCES["handover.hand_over"] = _(
            "saw to the hand-over of {leaver} to {to}: {count} open items"
        )
        SENTENCES["handover.print"] = _("printed it")
        SENTENCES["delegation.lend"] = _(
            "lent the post {holder} {post} to {delegate} from {starts_on} to {ends_on}: {reason}"
        )
        SENTENCES["delegation.give_back"] = _(
            "ended the delegation of {holder} {post} to {delegate}"
        )
        ADMINISTRATIVE.update({"delegation.lend", "delegation.give_back"})


def _explain_recount() -> None:
    from activity.words import ADMINISTRATIVE, SENTENCES

    SENTENCES["assignment.recount"] = _(
        "the calendar changed: the last day of {holder} moves from {old_on} to {new_on} ({reason})"
    )
    SENTENCES["assignment.recount_same"] = _(
        "the calendar changed: the last day of {holder} was recounted and stays {new_on} ({reason})"
    )
    SENTENCES["procuratorate.recount"] = _("signed for {count} recounted deadlines")
    ADMINISTRATIVE.add("procuratorate.recount")
