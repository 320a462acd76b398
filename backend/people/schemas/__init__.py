"""Bodies of this room's HTTP interface: camelCase JSON, unknown members of what is sent refused."""
