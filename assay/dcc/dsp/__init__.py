"""The Data Service Provider as a state machine: `processor.Dsp`, its checks, and what it drives."""
