"""Correcting a draft: the only ways in which a person changes what was read. Pure.

Doubts point at places in the draft; when tasks are added, removed, split or joined, their paths move along.
"""

from sauro.documents.editing.doubts import doubt_keys, find_doubt, settle
from sauro.documents.editing.errors import BadValue
from sauro.documents.editing.items import add_item, add_task, join_tasks, remove_item, remove_task, split_task
from sauro.documents.editing.values import (
    COMPARATORS,
    SURE,
    Wrong,
    confirm,
    is_unknown_unit,
    item_at,
    list_item,
    names_unit,
    parse_day,
    place_of,
    schedule_words,
    set_many,
    set_value,
    steps,
    text_at,
    text_of,
    trace_of,
    value_at,
)

__all__ = [
    "COMPARATORS",
    "SURE",
    "BadValue",
    "Wrong",
    "add_item",
    "add_task",
    "confirm",
    "doubt_keys",
    "find_doubt",
    "is_unknown_unit",
    "item_at",
    "join_tasks",
    "list_item",
    "names_unit",
    "parse_day",
    "place_of",
    "remove_item",
    "remove_task",
    "schedule_words",
    "set_many",
    "set_value",
    "settle",
    "split_task",
    "steps",
    "text_at",
    "text_of",
    "trace_of",
    "value_at",
]
