"""Public processes as pages that anybody reads and shares, without an account and before any script has run."""
