"""The demo: six people, three teams and one living process, so that every state of the work can be seen."""
