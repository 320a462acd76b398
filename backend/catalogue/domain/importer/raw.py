"""What the files hold, member by member, before anything is made of it.

Members we have no use for (environments, domain, process, manuals) are not named and therefore not read.
Lists are bounded: the original's largest is 40 profiles in a schema; a folder that goes far beyond is not a catalogue.
"""

from typing import Annotated

from msgspec import Meta, Struct, field

Words = dict[str, str]
"""Language → text; the text may be empty although the language is named."""

Identifier = Annotated[str, Meta(min_length=1, max_length=200)]
Identifiers = Annotated[list[Identifier], Meta(max_length=200)]


class RawPrerequisite(Struct):
    """An item that comes before this one."""

    item: Identifier


Prerequisites = Annotated[list[RawPrerequisite], Meta(max_length=100)]


class RawTask(Struct):
    """A task of an objective."""

    id: Identifier
    name_translations: Words
    description_translations: Words = field(default_factory=dict[str, str])
    problemprofiles: Identifiers = []
    prerequisites: Prerequisites = []


class RawObjective(Struct):
    """An objective of a phase."""

    id: Identifier
    name_translations: Words
    description_translations: Words = field(default_factory=dict[str, str])
    problemprofiles: Identifiers = []
    prerequisites: Prerequisites = []
    tasks: Annotated[list[RawTask], Meta(max_length=200)] = []


class RawPhase(Struct):
    """A file of `schemas/<id>/phases`."""

    id: Identifier
    name_translations: Words
    description_translations: Words = field(default_factory=dict[str, str])
    is_part_of_codelivery: bool = False
    prerequisites: Prerequisites = []
    objectives: Annotated[list[RawObjective], Meta(max_length=100)] = []


class RawSchema(Struct):
    """The file `schemas/<id>/metadata.json`."""

    id: Identifier
    name_translations: Words
    licence: str
    description_translations: Words = field(default_factory=dict[str, str])
    tags_translations: dict[str, str | list[str]] = field(default_factory=dict[str, str | list[str]])
    author: str = ""


class RawIntegration(Struct):
    """How a software INTERLINKER of the original is called."""

    service_name: str = ""
    capabilities: dict[str, bool] = field(default_factory=dict[str, bool])


class RawTemplate(Struct):
    """What an asset made from an INTERLINKER begins with (our own member): its kind, and a file for each language."""

    kind: str
    text_translations: Words


class RawInterlinker(Struct):
    """A file `interlinkers/<kind>/<folder>/metadata.json`; the four kinds use different members of it."""

    id: Identifier
    name_translations: Words
    description_translations: Words
    problemprofiles: Identifiers
    difficulty: str
    licence: str
    type: str = ""
    problemprofiles_elsewhere: Identifiers = []
    """Profiles of other catalogues which this one answers too; they need not be in this folder (our own member)."""
    instructions_translations: Words = field(default_factory=dict[str, str])
    constraints_and_limitations_translations: Words = field(default_factory=dict[str, str])
    regulations_and_standards_translations: Words = field(default_factory=dict[str, str])
    tags_translations: dict[str, str | list[str]] = field(default_factory=dict[str, str | list[str]])
    overview_text: Words = field(default_factory=dict[str, str])
    form: str = ""
    format: str = ""
    targets: Identifiers = []
    types: Identifiers = []
    administrative_scopes: Identifiers = []
    is_sustainability_related: bool = False
    logotype: str = ""
    softwareinterlinker: str = ""
    file_translations: Words = field(default_factory=dict[str, str])
    uri_translations: Words = field(default_factory=dict[str, str])
    integration: RawIntegration | None = None
    context_origin: Annotated[str, Meta(pattern=r"^(https://[a-z0-9.-]{1,253}(:[0-9]{1,5})?)?$")] = ""
    """Origin of a tool that wants a signed context (our own member)."""
    template: RawTemplate | None = None


class RawProfile(Struct):
    """One member of `problemprofiles/problemprofiles.json`."""

    id: Identifier
    name_translations: Words
    description_translations: Words = field(default_factory=dict[str, str])
    functionality_translations: Words = field(default_factory=dict[str, str])
