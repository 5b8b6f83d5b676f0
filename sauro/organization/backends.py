"""Who is signed in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from sauro.organization.models import Person


class PersonBackend(ModelBackend):
    """Signs people in by name and password. With the person come unit, agency and role, which every page asks for."""

    def get_user(self, user_id: Any) -> Person | None:
        """The person of a session, or None where they may no longer sign in."""
        try:
            person = Person.objects.select_related("unit__agency", "role").get(pk=user_id)
        except Person.DoesNotExist:
            return None
        return person if self.user_can_authenticate(person) else None
