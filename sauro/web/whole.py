"""Uploads come whole or not at all: a body that ends before its announced length is no body."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError


class WholeStream:
    """A body of which `length` octets were announced. Reading past a broken connection raises `OSError`, which Django
    turns into `UnreadablePostError`; without this, half a file would be taken for the file."""

    def __init__(self, stream: Any, length: int) -> None:
        self._stream, self._left = stream, length
        self.broken = False

    def read(self, size: int = -1, /) -> bytes:
        """As a file's `read`."""
        return self._counted(self._stream.read() if size is None or size < 0 else self._stream.read(size), size)

    def readline(self, size: int | None = None, /) -> bytes:
        """As a file's `readline`."""
        return self._counted(self._stream.readline() if size is None else self._stream.readline(size), size)

    def _counted(self, data: bytes, size: int | None) -> bytes:
        self._left -= len(data)
        if not data and size != 0 and self._left > 0:
            self.broken = True
            raise OSError("the connection broke before the whole body had come")
        return data

    def close(self) -> None:
        """As a file's `close`."""
        self._stream.close()


class WholeBodyMiddleware:
    """Refuses a body that was cut off, with 400: nobody is there to read it, but nothing is kept either."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Watch the body of this request."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        stream = getattr(request, "_stream", None)
        if stream is not None and str(length).isdecimal() and int(length):
            request._stream = WholeStream(stream, int(length))  # type: ignore[assignment]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """No page is asked where the body was found cut off already."""
        broken = getattr(getattr(request, "_stream", None), "broken", False)
        return _gone(request) if broken else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer to a body that was cut off."""
        return _gone(request) if isinstance(exception, UnreadablePostError) else None


def _gone(request: HttpRequest) -> HttpResponse:
    """Let go of what has come of it, now and not when memory is next cleaned up."""
    for handler in request.upload_handlers:
        handler.upload_interrupted()
    return HttpResponse(status=400)
