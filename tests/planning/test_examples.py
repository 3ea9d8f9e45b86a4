"""The examples in the docstrings of the room run, and show what they say."""

import doctest
import importlib
import pkgutil

import pytest

import equipoise.design
import equipoise.planning

ROOMS = (equipoise.design, equipoise.planning)
MODULES = sorted(one.name for room in ROOMS for one in pkgutil.walk_packages(room.__path__, f"{room.__name__}."))


@pytest.mark.parametrize("name", MODULES)
def test_examples_show_what_they_say(name):
    module = importlib.import_module(name)
    result = doctest.testmod(module, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0


def test_there_are_examples():
    module = importlib.import_module("equipoise.planning.sequential.group_sequential")
    assert doctest.testmod(module, optionflags=doctest.ELLIPSIS).attempted >= 4
