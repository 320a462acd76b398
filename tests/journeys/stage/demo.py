"""What the demo holds, as far as stories name it."""

PASSWORD = "interlink-demo"
PROCESS = "One counter for library and state services"
EMAIL = "{name}@demo.example"
TASK = "Which services do people ask for most?"
