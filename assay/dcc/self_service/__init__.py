"""The Self-Service Interface: web pages of the DCC for people who work at its users.

`incidents` and `views` are pure; `site.SelfService` puts them behind the gateway's TLS: who looks
is who showed a client certificate. What the real pages show is known from the book of 2015 and
the test list of UEPT (testing.md B.7); how they look, and who may see how much, is ours.
"""
