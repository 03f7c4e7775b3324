"""DLMS payloads of GBCS: data types, access request and response, data notification."""
