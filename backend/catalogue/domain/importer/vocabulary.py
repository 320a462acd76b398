"""The closed lists of the original, and its words for them put right.

`licence` says «propietary» and `format` «sofware»; `types` and `targets` are paths with `;`, one of them with `:`.
Of a path we keep each step as a word of its own, so that a filter on «businesses» finds «smes» too. The root of the
targets, `all`, says something only when it stands alone.
"""

import re
from collections.abc import Iterable, Sequence

from backend.catalogue.domain.importer.problem import CatalogueError

DIFFICULTIES = frozenset({"very_easy", "easy", "medium", "difficult", "very_difficult"})
LICENCES = frozenset({"public_domain", "permissive", "copyleft", "non_commercial", "proprietary"})
FORMS = frozenset(
    {"software", "visual_template", "document_template", "canvas", "best_practices", "guidelines", "checklist"}
    | {"survey_template", "legal_agreement_template", "other"}
)
FORMATS = frozenset({"pdf", "editable_source_document", "open_document", "structured_format", "software"})
TARGETS = frozenset(
    {"all", "pas", "public_servants", "politicians", "businesses", "smes", "freelancers", "large_companies"}
    | {"private_non_profit", "citizens", "potential_end_users", "expert_citizens", "research_organizations"}
    | {"universities", "other_research_entities"}
)
TYPES = frozenset(
    {"enabling_services", "implementing_software_and_artifacts", "operation_services"}
    | {"enhancing_services", "onboarding_services", "followup_services", "external_experts"}
)
SCOPES = frozenset({"eu", "national", "local"})
TEMPLATES = frozenset({"page", "checklist"})
"""Kinds of assets that a template can become; the original has no word for it."""

_MISSPELT = {"propietary": "proprietary", "sofware": "software"}
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")


def word(value: str, allowed: frozenset[str], file: str, field: str) -> str:
    """Return one word of a closed list."""
    clean = _MISSPELT.get(value.strip(), value.strip())
    if clean not in allowed:
        raise CatalogueError(file, field, f"«{value}» is none of {', '.join(sorted(allowed))}")
    return clean


def paths(values: Iterable[str], allowed: frozenset[str], file: str, field: str) -> list[str]:
    """Return the steps of all paths as words, each once, in the order of the file."""
    found: dict[str, None] = {}
    for value in values:
        steps = [step.strip() for step in re.split("[;:]", value) if step.strip()]
        kept: Sequence[str] = steps[1:] if steps[:1] == ["all"] and len(steps) > 1 else steps
        found.update(dict.fromkeys(word(step, allowed, file, field) for step in kept))
    return list(found)


def slug(value: str, file: str) -> str:
    """Return an id that can be the key of a document and a part of an address."""
    if not _SLUG.fullmatch(value):
        raise CatalogueError(file, "id", f"«{value}» must be letters, digits, «.», «_» and «-», at most 120")
    return value
