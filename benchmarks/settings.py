"""The site's settings with the floor view's address."""

from sauro.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
