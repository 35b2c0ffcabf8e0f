from celery import shared_task
from django.contrib.sessions.models import Session
from django.utils import timezone


@shared_task
def forget_expired_sessions() -> int:
    """Remove sessions nobody can use any more. Safe to run twice."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
