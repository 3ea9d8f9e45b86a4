"""The checks of a protocol, one file per section; `protocol.checking` calls them all."""
