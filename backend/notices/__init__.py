"""Who is told what, and how it reaches them: devices that take push messages, and the outbox that sends them."""
