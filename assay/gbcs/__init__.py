"""GBCS: the language of devices, byte-exact. Octets in, frozen values out, and back.

Nothing here opens a file, asks a clock or keeps state; time, keys and octets are handed in.
"""
