"""A shop that Twinset draws and serves itself, to be tried and tested against."""
