"""Raw structs → the members of documents, cleaned. The envelope is added by `import_catalogue`."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from backend.catalogue.actions.pictures import Pictures
from backend.catalogue.domain.importer import vocabulary as allowed
from backend.catalogue.domain.importer.found import FoundInterlinker, FoundProfile, FoundSchema
from backend.catalogue.domain.importer.order import in_order
from backend.catalogue.domain.importer.raw import RawIntegration, RawObjective, RawPhase, RawTask, RawTemplate
from backend.catalogue.domain.importer.text import (
    links,
    markdown,
    plain,
    remarks,
    required,
    safe_html,
    tags,
    translations,
)
from backend.catalogue.domain.importer.vocabulary import paths, slug, word

Json = dict[str, Any]
MAX_SNAPSHOTS = 20


def profile(found: FoundProfile) -> Json:
    """Make the members of a problem profile."""
    raw, file = found.raw, found.file
    return _present(
        key=slug(raw.id, file),
        name=required(raw.name_translations, file, "name_translations"),
        description=translations(raw.description_translations, file, "description_translations"),
        functionality=translations(raw.functionality_translations, file, "functionality_translations"),
    )


def schema(found: FoundSchema) -> Json:
    """Make the members of a schema: phases, objectives and tasks in the order to do them."""
    raw, file = found.raw, found.file
    files = {one.raw.id: one.file for one in found.phases}
    phases = in_order([one.raw for one in found.phases], files or file, "phases")
    return _present(
        key=slug(raw.id, file),
        name=required(raw.name_translations, file, "name_translations"),
        description=translations(raw.description_translations, file, "description_translations"),
        licence=word(raw.licence, allowed.LICENCES, file, "licence"),
        author_name=plain(raw.author),
    ) | {
        "tags": tags(raw.tags_translations, file, "tags_translations"),
        "languages": _spoken(phases, raw.name_translations),
        "phases": [_phase(phase, files[phase.id]) for phase in phases],
    }


def _spoken(phases: Sequence[RawPhase], name: Mapping[str, str]) -> list[str]:
    """Languages in which the schema and every item of it have a name; what the files claim is not asked."""
    objectives = [one for phase in phases for one in phase.objectives]
    tasks = [one for objective in objectives for one in objective.tasks]
    names = [name, *(one.name_translations for one in (*phases, *objectives, *tasks))]
    return sorted(set[str].intersection(*({one for one, text in words.items() if text.strip()} for words in names)))


def _phase(raw: RawPhase, file: str) -> Json:
    objectives = in_order(raw.objectives, file, "objectives")
    return _item(raw, file, "") | {
        "codelivery": raw.is_part_of_codelivery,
        "objectives": [_objective(one, file) for one in objectives],
    }


def _objective(raw: RawObjective, file: str) -> Json:
    where = f"objectives «{raw.id}»."
    tasks = in_order(raw.tasks, file, f"{where}tasks")
    return _item(raw, file, where) | {
        "profiles": _once(raw.problemprofiles),
        "tasks": [
            _item(one, file, f"{where}tasks «{one.id}».") | {"profiles": _once(one.problemprofiles)} for one in tasks
        ],
    }


def _item(raw: RawPhase | RawObjective | RawTask, file: str, where: str) -> Json:
    return _present(
        key=raw.id,
        name=required(raw.name_translations, file, f"{where}name_translations"),
        description=translations(raw.description_translations, file, f"{where}description_translations"),
    ) | {"after": [one.item for one in raw.prerequisites]}


def interlinker(found: FoundInterlinker, pictures: Pictures) -> Json:
    """Make the members of an INTERLINKER; its pictures are handed to `pictures`."""
    raw, file = found.raw, found.file
    logo = found.logo and pictures.take(found.logo)
    name = required(raw.name_translations, file, "name_translations")
    description = required(raw.description_translations, file, "description_translations")
    return _present(
        key=slug(raw.id, file),
        name=name,
        overview=translations(raw.overview_text, file, "overview_text"),
        instructions={one: markdown(text) for one, text in sorted(found.instructions.items()) if text.strip()},
        constraints=remarks(raw.constraints_and_limitations_translations, file, "constraints_and_limitations"),
        regulations=remarks(raw.regulations_and_standards_translations, file, "regulations_and_standards"),
        form=raw.form and word(raw.form, allowed.FORMS, file, "form"),
        format=raw.format and word(raw.format, allowed.FORMATS, file, "format"),
        links=links(raw.uri_translations, file, "uri_translations"),
        templates=_template_names(raw.file_translations),
        tool=raw.softwareinterlinker.strip(),
        integration=raw.integration and _integration(raw.integration),
        context=raw.context_origin,
        template=raw.template and _template(raw.template, found),
        logo=logo,
    ) | {
        "kind": found.kind,
        "description": {one: safe_html(raw.description_translations[one]) for one in description},
        "languages": sorted(name.keys() & description.keys()),
        "tags": tags(raw.tags_translations, file, "tags_translations"),
        "profiles": _once(raw.problemprofiles + raw.problemprofiles_elsewhere),
        "difficulty": word(raw.difficulty, allowed.DIFFICULTIES, file, "difficulty"),
        "licence": word(raw.licence, allowed.LICENCES, file, "licence"),
        "targets": paths(raw.targets, allowed.TARGETS, file, "targets"),
        "types": paths(raw.types, allowed.TYPES, file, "types"),
        "scopes": paths(raw.administrative_scopes, allowed.SCOPES, file, "administrative_scopes"),
        "sustainability": raw.is_sustainability_related,
        "snapshots": [ref for ref in map(pictures.take, found.snapshots[:MAX_SNAPSHOTS]) if ref],
    }


def _template(raw: RawTemplate, found: FoundInterlinker) -> Json:
    kind = word(raw.kind, allowed.TEMPLATES, found.file, "template.kind")
    text = {one: markdown(written) for one, written in sorted(found.template.items()) if written.strip()}
    return {"kind": kind, "text": required(text, found.file, "template.text_translations")}


def _integration(raw: RawIntegration) -> Json:
    return {"service": raw.service_name, "capabilities": sorted(one for one, can in raw.capabilities.items() if can)}


def _template_names(files: Mapping[str, str]) -> dict[str, str]:
    """Name the template files: they are office documents of others and are never bundled here."""
    return {language: PurePosixPath(path).name for language, path in sorted(files.items()) if path.strip()}


def _once(ids: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(ids))


def _present(**members: Any) -> Json:
    return {name: value for name, value in members.items() if value}
