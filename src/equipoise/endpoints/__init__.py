"""Endpoints: what is measured to answer the question, with its events, its censoring and its reasons."""

from equipoise.endpoints.spec import BinaryEndpoint, Censoring, ContinuousEndpoint, Endpoint, EventSource, TimeToEvent

__all__ = ["BinaryEndpoint", "Censoring", "ContinuousEndpoint", "Endpoint", "EventSource", "TimeToEvent"]
