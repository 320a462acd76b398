"""The one error of the importer."""

from backend.kit.errors import OperatorError


class CatalogueError(OperatorError):
    """Something in the catalogue folder cannot be imported: which file, which field of it, and why."""

    def __init__(self, file: str, field: str, reason: str) -> None:
        super().__init__(file, field, reason)
        self.file = file
        self.field = field
        self.reason = reason

    def __str__(self) -> str:
        where = f"{self.file}, {self.field}" if self.field else self.file
        return f"{where}: {self.reason}"
