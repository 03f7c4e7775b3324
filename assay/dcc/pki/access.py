"""Who is at the door of the SMKI services, and how much they may bring in.

Services for certificate requests want an IKI certificate issued for exactly that service;
the repository wants an API key, which identifies its user and no more (Appendix M, P).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aiohttp import web

from assay.dcc.pki.authority import Smki
from assay.dcc.pki.iki import Iki, IkiHolder, IkiService
from assay.dcc.pki.messages import RemoteMessageError
from assay.dcc.pki.subscribers import Subscriber
from assay.dcc.pki.tls import client_certificate


class RemoteSizeError(RemoteMessageError):
    """A body above the bound; the rest of it is not read."""


def _is_for_this_one(holder: IkiHolder, service: IkiService) -> bool:
    return holder.service is service


def _is_given(api_key: str, given: Mapping[str, str]) -> bool:
    return api_key in given


@dataclass(slots=True, kw_only=True)
class Access:
    """`api_keys` maps a repository key to its user's name."""

    smki: Smki
    iki: Iki
    api_keys: Mapping[str, str]
    is_for: Callable[[IkiHolder, IkiService], bool] = _is_for_this_one
    """Whether a holder's certificate was issued for the service."""
    is_known: Callable[[str, Mapping[str, str]], bool] = _is_given
    """Whether an API key was given to anybody."""

    def subscriber(self, request: web.Request, service: IkiService) -> Subscriber:
        """The party behind the IKI certificate; 403 unless that is for this very service."""
        certificate = client_certificate(request)
        holder = None if certificate is None else self.iki.holder_of(certificate)
        if holder is None:
            raise web.HTTPForbidden(text="access denied: no valid IKI certificate")
        if not self.is_for(holder, service):
            raise web.HTTPForbidden(text=f"access denied: certificate is for {holder.service}")
        subscriber = self.smki.subscribers.get(holder.trading_name)
        if subscriber is None:
            raise web.HTTPForbidden(text=f"{holder.trading_name} is no Authorised Subscriber")
        return subscriber

    def check_api_key(self, request: web.Request) -> None:
        """401 for a key that nobody was given."""
        if not self.is_known(request.query.get("apikey", ""), self.api_keys):
            raise web.HTTPUnauthorized(text="unknown or missing apikey")


async def bounded_body(request: web.Request, limit: int) -> bytes:
    """The body; RemoteSizeError as soon as it is longer than `limit` octets."""
    body = bytearray()
    async for chunk in request.content.iter_chunked(1 << 16):
        body += chunk
        if len(body) > limit:
            raise RemoteSizeError(f"body of more than {limit} octets")
    return bytes(body)
