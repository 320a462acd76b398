"""What the demo holds, as far as stories name it."""

PASSWORD = "interlink-demo"
EMAIL = "{name}@demo.example"

# Their people and the language each of them reads.
PEOPLE = {"ilze": "en", "janis": "lv", "anna": "lv", "marta": "lv", "edgars": "en", "lucia": "es"}

PROCESS = {
    "en": "One counter for library and state services",
    "it": "Un solo sportello per la biblioteca e i servizi statali",
    "lv": "Viena lete bibliotēkai un valsts pakalpojumiem",
    "es": "Un solo mostrador para la biblioteca y los servicios del Estado",
}
TASK = {
    "en": "Which services do people ask for most?",
    "it": "Quali servizi chiedono di più le persone?",
    "lv": "Kurus pakalpojumus cilvēki prasa visvairāk?",
    "es": "¿Qué servicios pide más la gente?",
}
# Its teams, by who is in them.
TEAMS = {"office": "Madona municipality and library", "citizens": "Citizens of Madona", "company": "SIA Balss"}

SPANISH = "Declarar el domicilio"  # how Lucía's contribution to that task begins

SCHEMA = {"en": "Four steps together", "lv": "Četri soļi kopā"}
PHASES = {
    "en": ("Agree", "Design", "Deliver", "Learn"),
    "lv": ("Vienošanās", "Izstrāde", "Īstenošana", "Izvērtēšana"),
}
TASKS = 21

# What Ilze wrote where she may only read.
REFUSED = "List of names from the queue on Friday"
