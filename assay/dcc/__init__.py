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
        store=open_store("sqlite:///dcc.db"),   # store.open_store; without one all is in memory
        products=ProductsList.from_file(path), coverage=CoverageMap.from_file(path),  # if held
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
    dcc.dsp.modes                       what is done later: `.dated`, `.device_dated`,
        `.schedules`, `.sequences`, `.commands`, and `.levels.measured` (service levels)
    dcc.dsp.upkeep.overdue()            devices whose seven-day duty was not done in time
    dcc.dsp.upkeep.products_changed(ProductsList.from_file(path))   suspends and restores devices
    dcc.dsp.books.estate                what follows the devices: `.distribution` (firmware),
        `.hub_reports.of(hub)` (8.14.x), `.cancellation`, `.joining`
    flow_check.check_run(dcc.audit.entries)             each request against its message flow
    dcc.health()                        what GET /healthz shows
    dcc.registration.listeners.append(f)                RegistrationChange, when it takes effect
    dcc.dsp.registration_watch.apply(added=..., removed=...)   a change of party, told to them
    dcc.open_registration_desk(folder)  files of registration data providers, once a day
    dcc.dsp.detection                   anomaly detection: `.counting.set(Threshold(...))`,
        `.set_limits([...])`, `.quarantine.find()`, `.release(event, user)`, `.delete(event, user)`
    dcc.open_out_of_band_desk(folder, FileSigners(iki))        thresholds and decisions as files

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
