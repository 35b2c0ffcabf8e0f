from django.db import models


class Heartbeat(models.Model):
    """When a process of the product last said that it is alive."""

    part = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.part
