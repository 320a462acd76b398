"""HTTP of this room: who belongs where, and who may do what."""
