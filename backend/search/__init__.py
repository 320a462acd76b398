"""Search over what is public or mine, for who has a network: what a device holds it searches by itself."""
