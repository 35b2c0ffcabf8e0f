"""What each of the three administrators may do in the administration. Nobody else may enter."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from organization.models.post import ADMINISTRATORS, Role

WHO_ENTERS = _(
    "These pages are for the system administrator, the security administrator and the auditor."
)
WHO_SEES_EVENTS = _("What happened to a row is read by the auditor alone.")

VIEW, ADD, CHANGE, DELETE = "view", "add", "change", "delete"

# Deleting reaches only own rows that nothing was counted by yet; administration.py narrows it.
RIGHTS: dict[str, dict[Role, set[str]]] = {
    "organization.procuratorate": {
        Role.SYSTEM_ADMIN: {VIEW, CHANGE},
        Role.AUDITOR: {VIEW},
    },
    "organization.department": {
        Role.SYSTEM_ADMIN: {VIEW, ADD, CHANGE},
        Role.SECURITY_ADMIN: {VIEW, CHANGE},
        Role.AUDITOR: {VIEW},
    },
    "organization.user": {
        Role.SYSTEM_ADMIN: {VIEW, ADD, CHANGE},
        Role.SECURITY_ADMIN: {VIEW, CHANGE},
        Role.AUDITOR: {VIEW},
    },
    "organization.post": {
        Role.SYSTEM_ADMIN: {VIEW},
        Role.SECURITY_ADMIN: {VIEW, ADD, CHANGE},
        Role.AUDITOR: {VIEW},
    },
    "organization.delegation": {
        Role.SECURITY_ADMIN: {VIEW},
        Role.AUDITOR: {VIEW},
    },
    "organization.calendarday": {
        Role.SYSTEM_ADMIN: {VIEW, ADD, CHANGE, DELETE},
        Role.AUDITOR: {VIEW},
    },
    "organization.deadlinerule": {
        Role.SYSTEM_ADMIN: {VIEW, ADD, CHANGE, DELETE},
        Role.AUDITOR: {VIEW},
    },
    "organization.series": {
        Role.SYSTEM_ADMIN: {VIEW, ADD, CHANGE},
        Role.AUDITOR: {VIEW},
    },
    "activity.ladderstage": {
        Role.SYSTEM_ADMIN: {VIEW, ADD, CHANGE, DELETE},
        Role.AUDITOR: {VIEW},
    },
    "activity.channel": {
        Role.SYSTEM_ADMIN: {VIEW, ADD, CHANGE},
        Role.AUDITOR: {VIEW},
    },
    "activity.phrase": {
        Role.SYSTEM_ADMIN: {VIEW, ADD, CHANGE},
        Role.AUDITOR: {VIEW},
    },
    "activity.event": {
        Role.AUDITOR: {VIEW},
    },
}
# Where two of them may change the same row, each has fields of their own.
FIELDS: dict[str, dict[Role, set[str]]] = {
    "organization.department": {
        Role.SYSTEM_ADMIN: {"name", "position"},
        Role.SECURITY_ADMIN: {"leader_in_charge"},
    },
    "organization.user": {
        Role.SYSTEM_ADMIN: {"username", "name", "pinyin", "email"},
        Role.SECURITY_ADMIN: {"is_active", "clearance"},
    },
}


def may(roles: Iterable[Role], model: str, action: str) -> bool:
    """`model` is a label such as `organization.department`."""
    rights = RIGHTS.get(model, {})
    return any(action in rights.get(role, set()) for role in roles)


def may_enter(roles: Iterable[Role], app: str) -> bool:
    """Whether there is anything to see in this app."""
    return any(may(roles, model, VIEW) for model in RIGHTS if model.startswith(f"{app}."))


def somebody_may(model: str, action: str) -> bool:
    return may(ADMINISTRATORS, model, action)


def may_write(roles: Iterable[Role], model: str, field: str) -> bool:
    """Whether a field is open to whoever may change the row."""
    fields = FIELDS.get(model)
    return fields is None or any(field in fields.get(role, set()) for role in roles)


def may_see_events(roles: Iterable[Role]) -> bool:
    return may(roles, "activity.event", VIEW)
