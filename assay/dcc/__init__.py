"""The embedded reference DCC: gateway, DSP, inventory, registration, delivery. Import the modules.

Composed by `server.EmbeddedDcc`; nothing is imported here, so that a part costs only itself::

    dcc = EmbeddedDcc(
        clock=clock, loop_thread=loop_thread, wan=wan, keys=bench_keys,   # pki.bench_keys.BenchKeys
        dccki=dccki,                    # pki.dccki.Dccki; None: plain HTTP both ways
        registration=Registration(
            users=[User(name="Supplier 1", eui=supplier,
                        roles=frozenset({UserRole.IMPORT_SUPPLIER}))],
            points=[MeteringPoint(mpxn="1312345678111", role=UserRole.IMPORT_SUPPLIER,
                                  party=supplier, start=when)],
        ),
    )
    dcc.start()                         # dcc.base_url: "https://127.0.0.1:41231"
    dcc.set_receive_url(supplier, url)  # the User's Receive Response service
    dcc.stop()

Members for fixtures; all state belongs to the loop's thread (`loop_thread.run(...)` from outside)::

    dcc.inventory.enter(Device(...))    a device as if it had been installed before
    dcc.inventory.find(device_id) -> Device | None      .status .history .commissioned_on .hub
    dcc.audit.entries / dcc.audit.listeners.append(f)   AuditEntry: every message with its verdicts
    dcc.faults.alter_next_pre_command(alteration)       a DCC that is wrong, to test users
        AsIfAsked("7.1")                                Enable Supply whatever was asked
    dcc.faults.alter_pre_commands(alteration | None)    the same until told otherwise
    dcc.delivery.undelivered(eui) -> int
    dcc.dsp                             the pipeline itself: `.handle(service, document, caller)`
    dcc.health()                        what GET /healthz shows

Times, retries and what else no public text fixes: `settings.DccSettings`.

Transformation alone (`assay duis transform`)::

    from assay.dcc.transform import Target, transform, with_broker_mac
    target = Target.from_entry("ESME")  # or {"type": "ESME", "variant": "C"} of --devices
    message = transform(request, target, broker=broker_eui, broker_counter=1302)
    message = with_broker_mac(message, secret)          # non-critical ones; Z of broker and device
  `message.signature is None`: a Pre-Command. `TransformationError` (ValueError) kinds:
  `NoTransformationError`, `BrokerCounterMissingError`, `UnencodableContentError`. Parties that
  the device does not know (other user, agent): `is_known_party=False`, and the broker relays.
"""
