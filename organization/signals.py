"""What apps above must hear of in the same transaction."""

from django.dispatch import Signal

# Somebody changed how a procuratorate is set up. Whoever listens may refuse by raising.
# target: Model, verb: str (<model>.<act>), by: Actor, details: dict of words, never a secret
administered = Signal()
