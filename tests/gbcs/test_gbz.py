"""GBZ payloads: components, ZCL commands of the table, alerts; octets and values are one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.gbcs import ciphered, payload
from assay.gbcs.catalogue import tables_text
from assay.gbcs.envelope import Cra, Message, OtherInformation
from assay.gbcs.errors import EncodeError, RemoteGbcsError, RemoteLengthError
from assay.gbcs.gbz import components, json_form, tables
from assay.gbcs.gbz.components import Component, Executed, GbzAlert, GbzPayload
from assay.gbcs.gbz.tables import Direction
from assay.gbcs.gbz.zcl import decode_zcl_payload, encode_zcl_payload
from assay.gbcs.identifiers import Eui64
