"""Measurements beside a peer, in one run, told as ratios. `python -m bench`."""
