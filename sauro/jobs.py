"""Background jobs: the one place that knows which task library runs them."""

from django_tasks import task

__all__ = ["task"]
