"""Who must be signed in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest


class SignedInMiddleware(LoginRequiredMiddleware):
    """As Django's, but of a page that is open to all it isn't even asked who looks: no session is read for it, so that
    caches may keep it."""

    def process_view(self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any) -> Any:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
