"""Endpoints: what is measured to answer the question. One module for each kind, which ends in its declaration."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from equipoise.endpoints.binary import BINARY, BinaryEndpoint
from equipoise.endpoints.continuous import CONTINUOUS, ContinuousEndpoint
from equipoise.endpoints.dating import Censoring, EventSource
from equipoise.endpoints.kind import EndpointKind, Use
from equipoise.endpoints.time_to_event import TIME_TO_EVENT, TimeToEvent

__all__ = [
    "KINDS",
    "BinaryEndpoint",
    "Censoring",
    "ContinuousEndpoint",
    "Endpoint",
    "EndpointKind",
    "EventSource",
    "TimeToEvent",
    "Use",
    "kind_of",
]

KINDS: tuple[EndpointKind, ...] = (TIME_TO_EVENT, BINARY, CONTINUOUS)
"""Every kind. To add one: write its module, and name it here and in `Endpoint`."""

Endpoint = Annotated[TimeToEvent | BinaryEndpoint | ContinuousEndpoint, Field(discriminator="kind")]

_BY_ID = {kind.id: kind for kind in KINDS}


def kind_of(endpoint: Any) -> EndpointKind:
    """The declaration of an endpoint's kind."""
    return _BY_ID[endpoint.kind]
