"""What can be said about a catalogue without a database."""
