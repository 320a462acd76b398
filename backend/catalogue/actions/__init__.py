"""What is done with the catalogue."""

from backend.catalogue.actions.import_catalogue import Counts, Progress, import_catalogue

__all__ = ["Counts", "Progress", "import_catalogue"]
