"""The DCC User as a library: build, sign, send, receive, correlate, parse.

    user = DccUser(identity, clock=clock, post=http.post, keys=keys, find_certificate=find)
    exchange = user.request("7.2", esme)          # supply-sensitive check, transform, correlate,
    answer = user.wait_for_response(exchange)     # sign, send; then the device's own words

Parse and Correlate lives here and shares no code with the DCC's transformation: a fault in
one must not hide in the other.
"""
