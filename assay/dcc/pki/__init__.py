"""The bench's own public key infrastructures: a small SMKI, the IKI, a minimal DCCKI.

SMKI certificates live on the bench's clock and are issued from certificate requests,
with the checks of the SMKI interface design (SEC Appendix M). TLS certificates (DCCKI,
IKI) live on wall time, because the sockets do. Import from the modules; nothing is
imported here, so that a user of one pays for one.

Keys of the bench (`bench_keys`), well under half a second, P-256 only::

    keys = set_up(now, parties=[*dcc_parties(), import_supplier(eui, "Supplier 1"),
                                network_operator(eui, "Operator 1")], devices=[esme, chf])
    keys.credential(eui, role, usage=KeyUsage.DIGITAL_SIGNATURE) -> Credential
        Credential: .private_key  .certificate (CertificateView)  .usage  .eui  .role
        role is a RemotePartyRole or its number (0x87 User XML, 0x89 DSP XML);
        usage is assay.gbcs.keys.KeyUsage: ds, ka, pp-ka (prepayment top-up)
    keys.credentials() -> all of the parties
    keys.device(device_id) -> DeviceCredentials(.signing, .agreement), made here
    keys.issue_device(csr_der, now) -> CertificateView, for a device that keeps its own keys
    keys.organisation_root, keys.organisation_issuing, keys.device_root -> CertificateView
    keys.find_x509(issuer, serial) -> x509.Certificate | None   a duis FindCertificate
    keys.find_certificate(issuer, serial) -> CertificateView | None
    keys.fill(store: KeyStore, private_of=[eui, ...])   public keys of all, private of some
    keys.smki -> Smki

Authority (`authority.Smki`), pure, time passed in::

    smki.register(Subscriber(name=, euis=, roles=, device_blocks=, may_use_ad_hoc=))
    smki.issue_organisation(der, by=name, now=, top_up=False) -> CertificateView
    smki.issue_device(der, by=name, now=)            first or further certificate
    smki.issue_replacement(der, now=)                the ad hoc web service's rules
    smki.revoke(reference, now=, reason=)            organisation certificates only
    smki.certificate_revocation_list(now) / authority_revocation_list(now) -> DER
    smki.check(certificate, at=, usage=)             path, time, revocation
  refusals: RemoteRequestError (format, signature, fields), RemoteIssuanceError (the rest)

Repository (`repository.Repository`, held by the Smki as `.repository`)::

    repository.search(now, eui=, role=, usage=, status=) -> tuple[LodgedCertificate, ...]
    repository.by_serial(serial), repository.by_reference(CertificateReference)
    repository.put_in_use(reference)

Web services (`services`; paths are constants there and in `desk`)::

    services.compose(smki=, portal=Portal(smki), batches=Batches(smki), iki=, clock=,
                     api_keys={"key": "user"}).application() -> aiohttp.web.Application
    serve it with iki.server_ssl_context(); all handlers run on the loop's thread

TLS (`dccki.Dccki`, `iki.Iki`), files in a folder::

    dccki = Dccki(folder)                            P-256; `now` defaults to wall time
    dccki.server_ssl_context() -> ssl.SSLContext     client certificate required
    dccki.user(eui, name) -> TlsFiles(.certificate, .key)       paths of PEM files
    dccki.client_ssl_context(eui, name) -> ssl.SSLContext
    tls.client_certificate(request) -> x509.Certificate | None  in an aiohttp handler
    dccki.party_of(certificate) -> Eui64
    iki = Iki(folder)                                RSA 2048, made when first needed
    iki.enrol(IkiService.AD_HOC_DEVICE_CSR, trading_name=, role=, system_name=) -> TlsFiles
    iki.client_ssl_context(files) / iki.server_ssl_context()
"""
