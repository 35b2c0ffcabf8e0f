import uuid

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activity.models import Assignment
from documents.models.paper import Paper, Urgency
from organization.actor import Actor
from organization.models import Department, Marking, Role
from organization.models.post import ADMINISTRATORS, HEADS


class State(models.TextChoices):
    """The phase an incoming paper is in; the screen word says what it waits for."""

    SIGNED_FOR = "signed_for", _("Waiting for registration")
    REGISTERED = "registered", _("Waiting for the pre-check")
    SCREENED = "screened", _("Waiting for a proposal")
    PROPOSED = "proposed", _("Waiting for instruction")
    INSTRUCTED = "instructed", _("Waiting to be assigned")
    CIRCULATING = "circulating", _("Being read")
    HANDLING = "handling", _("Being handled")
    REPORTED = "reported", _("Waiting for review")
    REVIEWED = "reviewed", _("Waiting to be closed")
    CLOSED = "closed", _("Closed")
    RETURNED = "returned", _("Returned to the sender")


class Duty(models.TextChoices):
    """What somebody is asked to do about an incoming paper."""

    REGISTER = "register", _("Register")
    SCREEN = "screen", _("Pre-check")
    PROPOSE = "propose", _("Propose handling")
    INSTRUCT = "instruct", _("Instruct")
    ASSIGN = "assign", _("Assign")
    HANDLE = "handle", _("Handle")
    REASSIGN = "reassign", _("Give to another department")
    EXTEND = "extend", _("Decide on an extension")
    REVIEW = "review", _("Review")
    CLOSE = "close", _("Close")
    READ = "read", _("Read")


class Channel(models.TextChoices):
    """How the paper came to the mail room."""

    EXCHANGE = "exchange", _("Document exchange")
    COURIER = "courier", _("Confidential courier")
    POST = "post", _("Post")
    ELECTRONIC = "electronic", _("Electronic")
    FAX = "fax", _("Fax")
    BY_HAND = "by_hand", _("By hand")


class SenderClass(models.TextChoices):
    SUPERIOR = "superior", _("Superior procuratorate")
    PARTY = "party", _("Party committee")
    CONGRESS = "congress", _("People's congress")
    GOVERNMENT = "government", _("Government")
    CPPCC = "cppcc", _("CPPCC")
    JUSTICE = "justice", _("Court, police and justice")
    SUBORDINATE = "subordinate", _("Lower procuratorate")
    OTHER = "other", _("Other sender")


class AnswerMeans(models.TextChoices):
    """How the sender was answered (答复, 党政机关公文处理工作条例 第二十四条第七项)."""

    LETTER = "letter", _("By letter")
    REPORT = "report", _("By report")
    TELEPHONE = "telephone", _("By telephone")
    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")


class IncomingPaperQuerySet(models.QuerySet["IncomingPaper"]):
    def visible_to(self, actor: Actor) -> "IncomingPaperQuerySet":
        """The only door to incoming papers.

        Own procuratorate and marking up to one's clearance, and: it was given to one of my posts
        or to one they took over from, or such a post registered it or answers for chasing it, or I
        direct the office, or a department that I head or am in charge of was given it and its
        marking is at most internal.
        """
        if not actor.posts or actor.holds(*ADMINISTRATORS):
            return self.none()
        own = self.filter(procuratorate=actor.procuratorate, marking__lte=actor.clearance)
        if actor.holds(Role.OFFICE_DIRECTOR):
            return own
        given = Assignment.objects.filter(target_kind=_kind(), procuratorate=actor.procuratorate)
        mine = given.dealt_with_by(actor).come().values("target_id")
        ours = given.come().filter(department__in=_departments_of(actor)).values("target_id")
        return own.filter(
            Q(pk__in=mine)
            | Q(registered_by__in=actor.dealt_with_by)
            | Q(chaser__in=actor.dealt_with_by)
            | Q(pk__in=ours, marking__lte=Marking.INTERNAL)
        )

    def listed_for(self, actor: Actor) -> "IncomingPaperQuerySet":
        """What the register shows: all of it to records clerks, else what one may open."""
        if actor.holds(Role.RECORDS_CLERK) and not actor.holds(*ADMINISTRATORS):
            return self.filter(procuratorate=actor.procuratorate)
        return self.visible_to(actor)


def _kind() -> ContentType:
    return ContentType.objects.get_for_model(IncomingPaper)


def _departments_of(actor: Actor) -> models.QuerySet[Department]:
    """The departments the actor heads or is the leader in charge of."""
    return Department.objects.filter(
        Q(pk__in=actor.departments_as(*HEADS)) | Q(leader_in_charge__in=actor.posts),
        procuratorate=actor.procuratorate,
    )


class IncomingPaper(Paper):
    """A paper another body sent to this procuratorate (收文), from the mail room to 办结."""

    batch_acts = {"instruct": _("Instruct"), "review": _("Review"), "read": _("Mark as read")}

    form_key = models.UUIDField(unique=True, default=uuid.uuid4)  # of the form it was typed into
    state = models.CharField(_("state"), max_length=20, choices=State.choices)
    sender = models.CharField(_("sender"), max_length=100)
    sender_class = models.CharField(
        _("class of sender"), max_length=20, choices=SenderClass.choices, blank=True
    )
    sender_number = models.CharField(_("sender's number"), max_length=80, blank=True)
    copies = models.PositiveSmallIntegerField(_("copies"), default=1)
    channel = models.CharField(_("received by"), max_length=20, choices=Channel.choices)
    signed_for_at = models.DateTimeField(_("signed for at"))
    signed_for_by = models.ForeignKey("organization.Post", models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(_("registered at"), null=True)
    registered_by = models.ForeignKey(
        "organization.Post", models.PROTECT, related_name="+", null=True
    )
    lead_department = models.ForeignKey(
        "organization.Department", models.PROTECT, related_name="+", null=True
    )
    due_on = models.DateField(_("due"), null=True)  # the lead department's
    wanted_by = models.DateField(_("wanted by the sender"), null=True)
    for_reading = models.BooleanField(_("for reading only"), default=False)
    chaser = models.ForeignKey(
        "organization.Post", models.PROTECT, related_name="+", null=True
    )  # answers for chasing an urgent paper
    wants_answer = models.BooleanField(_("the sender wants an answer"), default=False)
    answered_on = models.DateField(_("answered on"), null=True)
    answer_means = models.CharField(
        _("how it was answered"), max_length=20, choices=AnswerMeans.choices, blank=True
    )
    answer_number = models.CharField(_("number of the answer"), max_length=80, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    result = models.TextField(_("result"), blank=True)
    returned_at = models.DateTimeField(_("returned at"), null=True)
    return_reason = models.TextField(_("reason of the return"), blank=True)

    objects = IncomingPaperQuerySet.as_manager()

    class Meta(Paper.Meta):
        verbose_name = _("incoming paper")
        indexes = [
            models.Index(
                fields=["procuratorate", "-signed_for_at", "-id"], name="incoming_register"
            ),
            models.Index(
                fields=["procuratorate", "state", "-signed_for_at", "-id"],
                name="incoming_register_by_state",
            ),
            models.Index(
                fields=["procuratorate", "due_on", "id"],
                name="incoming_in_hand_by_last_day",
                condition=Q(state__in=[State.HANDLING, State.REPORTED, State.REVIEWED]),
            ),
            models.Index(
                fields=["procuratorate", "sender_number"], name="incoming_by_sender_number"
            ),
        ]
        constraints = [
            *Paper.Meta.constraints,
            models.CheckConstraint(
                name="incoming_state_is_known", condition=Q(state__in=State.values)
            ),
            models.CheckConstraint(
                name="incoming_channel_is_known", condition=Q(channel__in=Channel.values)
            ),
            models.CheckConstraint(
                name="registered_paper_has_number_time_and_clerk",
                condition=Q(number="", registered_at__isnull=True, registered_by__isnull=True)
                | (~Q(number="") & Q(registered_at__isnull=False, registered_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="only_a_paper_before_registration_has_no_number",
                condition=Q(state=State.SIGNED_FOR) | ~Q(number=""),
            ),
            models.CheckConstraint(
                name="incoming_paper_is_signed_for_before_it_is_registered",
                condition=Q(registered_at__isnull=True)
                | Q(registered_at__gte=models.F("signed_for_at")),
            ),
            models.CheckConstraint(
                name="handled_paper_has_a_lead_department_and_a_date",
                condition=~Q(state__in=[State.HANDLING, State.REPORTED])
                | Q(lead_department__isnull=False, due_on__isnull=False, for_reading=False),
            ),
            models.CheckConstraint(
                name="finished_paper_was_read_or_handled",
                condition=~Q(state__in=[State.REVIEWED, State.CLOSED])
                | Q(for_reading=True)
                | Q(lead_department__isnull=False, due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="urgent_paper_in_hand_has_somebody_who_chases_it",
                condition=~Q(state=State.HANDLING)
                | Q(urgency__lt=Urgency.URGENT)
                | Q(chaser__isnull=False),
            ),
            models.CheckConstraint(
                name="closed_paper_says_when_and_with_what_result",
                condition=Q(state=State.CLOSED, closed_at__isnull=False) & ~Q(result="")
                | ~Q(state=State.CLOSED) & Q(closed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="returned_paper_says_when_and_why",
                condition=Q(state=State.RETURNED, returned_at__isnull=False) & ~Q(return_reason="")
                | ~Q(state=State.RETURNED) & Q(returned_at__isnull=True, return_reason=""),
            ),
            models.CheckConstraint(
                name="answer_says_when_and_how",
                condition=Q(answered_on__isnull=True, answer_means="", answer_number="")
                | (Q(answered_on__isnull=False) & Q(answer_means__in=AnswerMeans.values)),
            ),
        ]

    def follow_deadline(self, row: Assignment) -> None:
        """The register keeps the lead department's last day: it goes along when that one moves."""
        if row.duty == Duty.HANDLE and row.department_id == self.lead_department_id:
            self.due_on = row.due_on
            self.save(update_fields=["due_on"])

    def get_absolute_url(self) -> str:
        return reverse("documents:incoming", args=[self.pk])
