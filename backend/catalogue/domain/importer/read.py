"""Files → raw structs. Everything is read before anything is made of it; what is wrong names file, field and reason."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from backend.catalogue.domain.importer.folder import Folder
from backend.catalogue.domain.importer.found import Found, FoundInterlinker, FoundPhase, FoundProfile, FoundSchema
from backend.catalogue.domain.importer.problem import CatalogueError
from backend.catalogue.domain.importer.raw import RawInterlinker, RawPhase, RawProfile, RawSchema

PROFILES = "problemprofiles/problemprofiles.json"
METADATA = "metadata.json"
KINDS = {
    "knowledge": "knowledge",
    "externalknowledge": "external_knowledge",
    "software": "software",
    "externalsoftware": "external_software",
}
"""Folder of the original → our word for the kind."""
PICTURES = {".png", ".jpg", ".jpeg"}
SNAPSHOTS = "snapshots"


def read_catalogue(source: Path) -> Found:
    """Read a whole catalogue folder. Raises CatalogueError at the first thing that cannot be read."""
    folder = Folder(source)
    found = Found(
        schemas=list(_schemas(folder)),
        interlinkers=list(_interlinkers(folder)),
        profiles=list(_profiles(folder)),
    )
    if not (found.schemas or found.interlinkers or found.profiles):
        reason = "no catalogue is here: it needs the folders schemas, interlinkers or problemprofiles"
        raise CatalogueError(source.name, "", reason)
    return found


def _schemas(folder: Folder) -> Iterator[FoundSchema]:
    for path in folder.children("schemas", folders=True):
        head = path / METADATA
        phases = [
            FoundPhase(folder.shown(one), folder.decode(one, RawPhase))
            for one in folder.children(folder.shown(path / "phases"))
            if one.suffix == ".json"
        ]
        yield FoundSchema(folder.shown(head), folder.decode(head, RawSchema), phases)


def _interlinkers(folder: Folder) -> Iterator[FoundInterlinker]:
    for name, kind in KINDS.items():
        for path in folder.children(f"interlinkers/{name}", folders=True):
            yield _interlinker(folder, path, kind)


def _interlinker(folder: Folder, path: Path, kind: str) -> FoundInterlinker:
    file = path / METADATA
    shown = folder.shown(file)
    raw = folder.decode(file, RawInterlinker)
    if raw.type not in (
        "",
        kind,
        kind.removeprefix("external_"),
    ):  # the original writes «knowledge» in externalknowledge
        raise CatalogueError(shown, "type", f"«{raw.type}» does not belong into the folder of kind {kind}")
    return FoundInterlinker(
        file=shown,
        kind=kind,
        raw=raw,
        instructions=_texts(folder, raw.instructions_translations, shown, "instructions_translations"),
        template=_texts(folder, raw.template.text_translations if raw.template else {}, shown, "template"),
        logo=folder.named(raw.logotype, shown, "logotype") if raw.logotype.strip() else None,
        snapshots=list(_snapshots(folder, path)),
    )


def _texts(folder: Folder, names: Mapping[str, str], shown: str, field: str) -> dict[str, str]:
    """Read the file that each language names."""
    return {one: _text(folder, name, shown, f"{field}.{one}") for one, name in names.items() if name.strip()}


def _text(folder: Folder, name: str, shown: str, field: str) -> str:
    if name.startswith(("http://", "https://")):
        return f"<{name}>"
    path = folder.named(name, shown, field)
    if path is None:
        raise CatalogueError(shown, field, f"the file {name} is missing")
    return folder.text(path)


def _snapshots(folder: Folder, path: Path) -> Iterator[Path]:
    for child in folder.children(folder.shown(path), folders=True):
        if child.name.lower() == SNAPSHOTS:
            yield from (one for one in folder.children(folder.shown(child)) if one.suffix.lower() in PICTURES)


def _profiles(folder: Folder) -> Iterator[FoundProfile]:
    path = folder.named(PROFILES, PROFILES, "")
    if path:
        for number, raw in enumerate(folder.decode(path, list[RawProfile])):
            yield FoundProfile(f"{PROFILES}[{number}]", raw)
