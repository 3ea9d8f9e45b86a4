"""The protocol: what was promised. Reads it, checks it, resolves its names, and gives it a digest."""

from equipoise.protocol.document import Protocol
from equipoise.protocol.identity import protocol_digest
from equipoise.protocol.reading import Reading, load_protocol, read_protocol

__all__ = ["Protocol", "Reading", "load_protocol", "protocol_digest", "read_protocol"]
