"""What the demo holds, as far as stories name it."""

PASSWORD = "interlink-demo"
EMAIL = "{name}@demo.example"

PROCESS = "One counter for library and state services"
TASK = "Which services do people ask for most?"
SPANISH = "Declarar el domicilio"  # how Lucía's contribution to that task begins

SCHEMA = "Four steps together"
PHASES = ("Agree", "Design", "Deliver", "Learn")
TASKS = 21

# What Ilze wrote where she may only read.
REFUSED = "List of names from the queue on Friday."
