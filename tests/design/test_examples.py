"""The examples in the docstrings of the room run, and show what they say."""

import doctest
import importlib
import pkgutil

import pytest

import equipoise.design

MODULES = sorted(module.name for module in pkgutil.iter_modules(equipoise.design.__path__))


@pytest.mark.parametrize("name", MODULES)
def test_examples_show_what_they_say(name):
    module = importlib.import_module(f"equipoise.design.{name}")
    result = doctest.testmod(module, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0


def test_there_are_examples():
    module = importlib.import_module("equipoise.design.sequential")
    assert doctest.testmod(module, optionflags=doctest.ELLIPSIS).attempted >= 4
