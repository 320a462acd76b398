"""Print the types of all documents for the PWA.

    python -m backend.replication.typescript > pwa/src/lib/model/documents.ts

A test fails when the file in the PWA is not what this prints, so the two sides of the sync cannot drift apart.
"""

import sys
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import NODEFAULT, inspect
from msgspec.inspect import Field, StructType, Type, UnionType

from backend.kit.types import DocumentType, DocumentTypes, Envelope
from backend.replication.registry import TYPES

_HEAD = """\
// Generated from the declarations of the backend. Do not edit: change the declaration, then
//   python -m backend.replication.typescript > pwa/src/lib/model/documents.ts

/** The same text in one or more languages (BCP 47). */
export type Text = Record<string, string>;
"""
_UNDERSCORED = ("  _rev?: string;", "  _conflicts?: string[];", "  _deleted?: boolean;")
"""What PouchDB adds by itself."""
_PLAIN: dict[type[Type], str] = {
    inspect.StrType: "string",
    inspect.IntType: "number",
    inspect.FloatType: "number",
    inspect.BoolType: "boolean",
    inspect.NoneType: "null",
    inspect.DateTimeType: "string",
    inspect.DateType: "string",
    inspect.AnyType: "unknown",
}


def module(types: DocumentTypes) -> str:
    """Return the whole TypeScript module."""
    parts = [_HEAD, _envelope(), *(_nested(types)), *(_document(one) for one in types), _maps(list(types))]
    return "\n".join(parts)


def _envelope() -> str:
    fields = [one for one in _inspected(Envelope).fields if one.name != "rev"]
    members = [*_members(fields), *_UNDERSCORED]
    return _interface("Envelope", "The members that every document has.", members)


def _document(declaration: DocumentType[Any]) -> str:
    known = set(Envelope.__struct_fields__)
    fields = [one for one in _inspected(declaration.struct).fields if one.name not in known]
    members = [f"  type: '{declaration.name}';", *_members(fields)]
    return _interface(f"{declaration.struct.__name__} extends Envelope", declaration.purpose, members)


def _nested(types: DocumentTypes) -> Iterator[str]:
    """Yield the structs inside documents once each, the innermost first."""
    done: set[str] = set()
    for declaration in types:
        for struct in _structs(_inspected(declaration.struct)):
            name = struct.cls.__name__
            if struct.cls is not declaration.struct and name not in done:
                done.add(name)
                yield _interface(name, _first_line(struct.cls), _members(struct.fields))


def _structs(kind: Type) -> Iterator[StructType]:
    match kind:
        case StructType(fields=fields):
            for one in fields:
                yield from _structs(one.type)
            yield kind
        case UnionType(types=several):
            for one in several:
                yield from _structs(one)
        case inspect.ListType(item_type=item):
            yield from _structs(item)
        case inspect.DictType(value_type=value):
            yield from _structs(value)
        case _:
            pass


def _maps(declarations: list[DocumentType[Any]]) -> str:
    by_name = [f"  {_quoted(one.name)}: {one.struct.__name__};" for one in declarations]
    versions = [f"  {_quoted(one.name)}: {one.version}," for one in declarations]
    return "\n".join(
        [
            _interface("Documents", "Each type of document by its name.", by_name),
            "export type DocumentType = keyof Documents;",
            "",
            "export type Document = Documents[DocumentType];",
            "",
            "/** The newest version of each type that this build understands; a newer one is shown read-only. */",
            "export const versions: Readonly<Record<DocumentType, number>> = {",
            *versions,
            "};",
            "",
            "/** What the key of each type looks like: parts in braces (`backend/kit/keys.py` tells them). */",
            "export const keys = {",
            *(f"  {_quoted(one.name)}: '{one.key.pattern}'," for one in declarations),
            "} as const satisfies Record<DocumentType, string>;",
            "",
        ]
    )


def _interface(name: str, purpose: str, members: Iterable[str]) -> str:
    return "\n".join([f"/** {purpose} */", f"export interface {name} {{", *members, "}", ""])


def _members(fields: Iterable[Field]) -> list[str]:
    return [f"  {one.encode_name}{'' if _always(one) else '?'}: {_typescript(one.type)};" for one in fields]


def _always(field: Field) -> bool:
    return field.default is NODEFAULT and field.default_factory is NODEFAULT


def _typescript(kind: Type) -> str:
    match kind:
        case StructType(cls=cls):
            name = cls.__name__
        case inspect.LiteralType(values=values):
            name = " | ".join(f"'{one}'" for one in values)
        case inspect.EnumType(cls=cls):
            name = " | ".join(f"'{one.value}'" for one in cls)
        case UnionType(types=several):
            name = " | ".join(_typescript(one) for one in several)
        case inspect.ListType(item_type=item):
            inner = _typescript(item)
            name = f"({inner})[]" if "|" in inner else f"{inner}[]"
        case inspect.DictType(value_type=value):
            inner = _typescript(value)
            name = "Text" if inner == "string" else f"Record<string, {inner}>"
        case _:
            name = _PLAIN[type(kind)]
    return name


def _inspected(struct: type[Any]) -> StructType:
    found = inspect.type_info(struct)
    if not isinstance(found, StructType):
        raise TypeError(f"{struct} is not a struct")
    return found


def _first_line(struct: type[Any]) -> str:
    return (struct.__doc__ or struct.__name__).strip().splitlines()[0]


def _quoted(name: str) -> str:
    return name if name.isidentifier() else f"'{name}'"


if __name__ == "__main__":
    sys.stdout.write(module(TYPES))
