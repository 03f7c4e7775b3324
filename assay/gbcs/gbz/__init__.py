"""GBZ payloads of GBCS (digest section 5): ZigBee Smart Energy commands in components."""
