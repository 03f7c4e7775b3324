"""The small SMKI: issues from certificate requests, with the checks in the order of Appendix M.

A state machine: requests and the time come in, certificates and refusals go out. The
channels differ in what they check, so each has a method; sockets and XML are elsewhere.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from assay.dcc.pki.hierarchy import Hierarchy, NewKey, RandomOctets, SmkiProfile, new_p256_key
from assay.dcc.pki.refusals import (
    DEVICE_LIMIT,
    EUI_OF_ANOTHER_PARTY,
    NOT_ELIGIBLE,
    ROLE_NOT_HELD,
    UNKNOWN_DEVICE,
    IssuanceStatus,
    RemoteIssuanceError,
)
from assay.dcc.pki.repository import Repository
from assay.dcc.pki.revocation import Revocation, RevocationReason, build_revocation_list
from assay.dcc.pki.subscribers import Subscriber
from assay.gbcs.certificates import (
    CertificateKind,
    CertificateReference,
    CertificateUsage,
    CertificateView,
    DeviceRequest,
    OrganisationRequest,
    PathFault,
    RemotePathError,
    Signer,
    check_path,
    read_device_request,
    read_organisation_request,
)
from assay.gbcs.identifiers import Eui64


class Smki:
    """Root and issuing authorities, subscribers, certificates and revocations of one bench."""

    def __init__(
        self,
        *,
        now: datetime,
        profile: SmkiProfile | None = None,
        new_key: NewKey = new_p256_key,
        random_octets: RandomOctets = secrets.token_bytes,
    ) -> None:
        self.profile = profile or SmkiProfile()
        self.hierarchy = Hierarchy(
            now=now, profile=self.profile, new_key=new_key, random_octets=random_octets
        )
        self.repository = Repository()
        for authority in self.hierarchy.authorities:
            self.repository.lodge(authority, now=now)
        self._subscribers: dict[str, Subscriber] = {}
        self._limit_lifted: set[Eui64] = set()
        self._revocations: dict[CertificateReference, Revocation] = {}
        self._pinned: set[CertificateReference] = set()
        self._lists_issued = 0

    @property
    def subscribers(self) -> Mapping[str, Subscriber]:
        return self._subscribers

    def register(self, subscriber: Subscriber) -> None:
        """Make a party an Authorised Subscriber; registering again replaces what it may do."""
        self._subscribers[subscriber.name] = subscriber

    def issue_organisation(
        self, der: bytes, *, by: str, now: datetime, top_up: bool = False
    ) -> CertificateView:
        """Format and signature, then the party's right to the EUI-64 and role."""
        request = read_organisation_request(der)
        self.approve_organisation(request, by=by)
        certificate = self.hierarchy.sign_organisation(request, now)
        self.repository.lodge(certificate, now=now, top_up=top_up)
        return certificate

    def issue_device(self, der: bytes, *, by: str, now: datetime) -> CertificateView:
        """Portal and batch: format and signature, fields, eligibility, fewer than the limit."""
        request = read_device_request(der)
        self.check_eligible(request, by=by)
        self._check_limit(request.device_id)
        return self._sign_device(request, now)

    def issue_replacement(self, der: bytes, *, now: datetime) -> CertificateView:
        """Ad hoc web service: a device that has had a certificate, fewer than the limit.

        Who asks is not looked at: Appendix M 2.4 names no eligibility for this service,
        and its answers have no status for it. The service itself is for few parties.
        """
        request = read_device_request(der)
        if self.repository.count_for(request.device_id) == 0:
            raise RemoteIssuanceError(
                IssuanceStatus.UNKNOWN_DEVICE,
                UNKNOWN_DEVICE,
                f"no certificate was issued before for device {request.device_id}",
            )
        self._check_limit(request.device_id)
        return self._sign_device(request, now)

    def pin(self, certificate: CertificateView, *, now: datetime) -> None:
        """Believe a certificate of another authority until it is revoked, whatever its path and
        dates: public test certificates are signed by nobody, and some have expired. It takes the
        place of the one in use. Pinning again changes nothing.
        """
        if certificate.reference in self._pinned:
            return
        self.repository.lodge(certificate, now=now)
        self.repository.put_in_use(certificate.reference)
        self._pinned.add(certificate.reference)

    def approve_organisation(self, request: OrganisationRequest, *, by: str) -> None:
        """RemoteIssuanceError unless the party may hold this EUI-64 in this role."""
        subscriber = self._subscribers[by]
        if request.eui not in subscriber.euis:
            raise RemoteIssuanceError(
                IssuanceStatus.INELIGIBLE,
                EUI_OF_ANOTHER_PARTY,
                f"{by} may not act for {request.eui}",
            )
        if not subscriber.may_hold(request.eui, request.role):
            raise RemoteIssuanceError(
                IssuanceStatus.INELIGIBLE,
                ROLE_NOT_HELD,
                f"{by} does not hold role {request.role:02X}",
            )

    def check_eligible(self, request: DeviceRequest, *, by: str) -> None:
        if not self._subscribers[by].is_eligible_for(request.device_id):
            raise RemoteIssuanceError(
                IssuanceStatus.INELIGIBLE,
                NOT_ELIGIBLE,
                f"{by} is not an Eligible Subscriber for device {request.device_id}",
            )

    def lift_device_limit(self, device_id: Eui64) -> None:
        """What the Service Desk may do for a device that needs more than 100 certificates."""
        self._limit_lifted.add(device_id)

    def revoke(
        self,
        reference: CertificateReference,
        *,
        now: datetime,
        reason: RevocationReason = RevocationReason.UNSPECIFIED,
    ) -> Revocation:
        """Organisation certificates only; KeyError for one that was never lodged.

        Device certificates are not revoked: trust in a device goes by inventory status.
        Revoking again changes nothing and answers with what stands.
        """
        lodged = self.repository.by_reference(reference)
        if lodged is None:
            raise KeyError(f"{reference} is not in the repository")
        if lodged.certificate.kind is not CertificateKind.ORGANISATION:
            raise ValueError(f"{reference} is a certificate of kind {lodged.certificate.kind}")
        if reference not in self._revocations:
            self._revocations[reference] = Revocation(reference=reference, at=now, reason=reason)
            self.repository.revoke(reference)
        return self._revocations[reference]

    @property
    def revoked(self) -> frozenset[CertificateReference]:
        return frozenset(self._revocations)

    def certificate_revocation_list(self, now: datetime) -> bytes:
        """The organisation CRL in DER, signed by the issuing organisation authority."""
        return self._revocation_list(self.hierarchy.organisation_issuing, now)

    def authority_revocation_list(self, now: datetime) -> bytes:
        """The organisation ARL in DER, signed by the organisation root; no authority is revoked."""
        return self._revocation_list(self.hierarchy.organisation_root, now)

    def check(
        self,
        certificate: CertificateView,
        *,
        at: datetime | None,
        usage: CertificateUsage | None = None,
    ) -> None:
        """RemotePathError unless the certificate chains to our root, in time and unrevoked."""
        if certificate.reference in self._pinned:
            self._check_pinned(certificate, usage)
            return
        issuing, root = self._chain_of(certificate)
        check_path(certificate, issuing, root, at=at, usage=usage, revoked=self._revocations.keys())

    def _check_pinned(self, certificate: CertificateView, usage: CertificateUsage | None) -> None:
        lodged = self.repository.by_reference(certificate.reference)
        if lodged is None or lodged.certificate.der != certificate.der:
            raise RemotePathError(PathFault.SIGNATURE, certificate)
        if certificate.reference in self._revocations:
            raise RemotePathError(PathFault.REVOKED, certificate)
        if usage is not None and certificate.usage is not usage:
            detail = f": expected {usage}, is {certificate.usage}"
            raise RemotePathError(PathFault.USAGE, certificate, detail)

    def _chain_of(self, certificate: CertificateView) -> tuple[CertificateView, CertificateView]:
        if certificate.kind is not CertificateKind.DEVICE:
            hierarchy = self.hierarchy
            return (
                hierarchy.organisation_issuing.certificate,
                hierarchy.organisation_root.certificate,
            )
        authorities = [signer.certificate for signer in self.hierarchy.device_authorities]
        named = [a for a in authorities if a.subject == certificate.issuer]
        return (named or authorities)[-1], self.hierarchy.device_root.certificate

    def _check_limit(self, device_id: Eui64) -> None:
        issued = self.repository.count_for(device_id)
        limit = self.profile.certificates_per_device
        if issued >= limit and device_id not in self._limit_lifted:
            raise RemoteIssuanceError(
                IssuanceStatus.ISSUANCE_ANOMALY,
                DEVICE_LIMIT,
                f"{issued} certificates were issued for device {device_id}, the limit is {limit}",
            )

    def _sign_device(self, request: DeviceRequest, now: datetime) -> CertificateView:
        known = len(self.hierarchy.device_authorities)
        certificate = self.hierarchy.sign_device(request, now)
        for successor in self.hierarchy.device_authorities[known:]:
            self.repository.lodge(successor.certificate, now=now)
        self.repository.lodge(certificate, now=now)
        return certificate

    def _revocation_list(self, signer: Signer, now: datetime) -> bytes:
        self._lists_issued += 1
        subject = signer.certificate.subject
        return build_revocation_list(
            (r for r in self._revocations.values() if r.reference.issuer == subject),
            signer=signer,
            number=self._lists_issued,
            now=now,
            lifetime=self.profile.revocation_list_lifetime,
        )
