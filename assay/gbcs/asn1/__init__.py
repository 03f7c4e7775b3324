"""ASN.1 payloads of GBCS (digest section 6): declared types, typed values, octet-exact."""
