"""A public page as HTML: a head for search engines and messengers, and the words of the page before any script ran.

The page is the app's own `index.html` with another head, the words in `#first`, and the published document as data in
`#published` (data, not script: the policy of the page stays as it is). The app takes `#first` away when its first
screen stands, and shows that document until its own copy has come (`pwa/src/lib/state/first.ts`).
"""

import re
from collections.abc import Sequence
from html import escape
from typing import Any

import msgspec
from msgspec import Struct

from backend.kit.languages import LANGUAGES
from backend.kit.texts import say
from backend.processes.documents import PublishedProcess
from backend.public.domain import Said, description, picture_of, said
from backend.public.picture import HEIGHT, WIDTH

PLAIN_SHELL = '<!doctype html><html lang="en"><head><title></title></head><body><div id="app"></div></body></html>'
"""What a server without the built app answers with."""
_DROPPED = re.compile(r'<title>.*?</title>|<meta\s+name="description".*?>|<noscript.*?</noscript\s*>', re.DOTALL)
_LATER = re.compile(r'<script type="module"|<link rel="modulepreload"')
"""Who reads already needs the style and the letters before the app."""
_TOP = '<header class="top"><div class="grow"><span class="word">Interlink</span></div></header>'
"""As high as the app's own, so that nothing jumps when it comes."""
_LOCALES = {"en": "en_GB", "it": "it_IT", "lv": "lv_LV", "es": "es_ES"}


class Asked(Struct, frozen=True):
    """In which language a page is, and where it stands."""

    origin: str
    path: str
    language: str
    chosen: bool
    """The language stands in the address, else it is the reader's own."""

    @property
    def address(self) -> str:
        """The canonical address."""
        return self.origin + self.path + (f"?lang={self.language}" if self.chosen else "")


def process_page(shell: str, asked: Asked, key: str, document: dict[str, Any], process: PublishedProcess) -> str:
    """Return the page of one public process."""
    language, name = asked.language, said(process.name, asked.language)
    about = description(process, language) or say("public.list_text", language)
    image = f"{asked.origin}/public/{key}/{picture_of(process, language)}.png"
    head = [
        *_head(asked, name.text, about),
        _property("og:image", image),
        _property("og:image:width", str(WIDTH)),
        _property("og:image:height", str(HEIGHT)),
        _property("og:image:alt", say("public.image", language, name=name.text)),
        '<meta name="twitter:card" content="summary_large_image">',
    ]
    return whole(shell, asked, head, _process(process, language), document)


def list_page(shell: str, asked: Asked, processes: Sequence[tuple[str, PublishedProcess]]) -> str:
    """Return the page of all public processes."""
    language, title = asked.language, say("public.list_title", asked.language)
    rows = [
        f'<li><a class="row" href="/public/{escape(key)}"><div class="grow tight">'
        f"<h2>{words(said(one.name, language), language)}</h2>{_facts(one, language)}</div></a></li>"
        for key, one in processes
    ]
    shown = f'<ul class="list">{"".join(rows)}</ul>' if rows else f"<p>{escape(say('public.none', language))}</p>"
    body = f"<h1>{escape(title)}</h1>{shown}"
    return whole(shell, asked, _head(asked, title, say("public.list_text", language)), body, None)


def missing_page(shell: str) -> str:
    """Return the app for an address where nothing is public: the same whether there is such a process or not."""
    return shell.replace("</head>", '<meta name="robots" content="noindex"></head>', 1)


def sitemap(origin: str, processes: Sequence[tuple[str, PublishedProcess]]) -> str:
    """Return the public addresses in the protocol of sitemaps.org, each with its languages."""
    pages = [("/public", None), *((f"/public/{key}", one.updated.date().isoformat()) for key, one in processes)]
    rows = "".join(
        f"<url><loc>{escape(origin + path)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}"
        + "".join(
            f'<xhtml:link rel="alternate" hreflang="{one}" href="{escape(origin + path)}?lang={one}"/>'
            for one in LANGUAGES
        )
        + "</url>"
        for path, day in pages
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:xhtml="http://www.w3.org/1999/xhtml">{rows}</urlset>'
    )


def robots(origin: str) -> str:
    """Return what programs may read: what everybody may, and nothing that only answers people."""
    return f"User-agent: *\nDisallow: /api/\nDisallow: /db/\nDisallow: /join\n\nSitemap: {origin}/sitemap.xml\n"


def whole(
    shell: str,
    asked: Asked,
    head: Sequence[str],
    body: str,
    document: dict[str, Any] | None,
    *,
    hero: bool = False,
) -> str:
    """Return the app's page with a head and the words of its first screen; the style comes first, then the script."""
    page = _LATER.sub(r'\g<0> fetchpriority="low"', _DROPPED.sub("", shell))
    page = re.sub(r'<html lang="[^"]*"', f'<html lang="{asked.language}"', page, count=1)
    data = "" if document is None else _data(document)
    main = f'<main class="page{" hero" if hero else ""}">{body}</main>'
    first = f'<div class="app" id="first">{_TOP}{main}</div>{data}'
    page = page.replace("</head>", "".join(head) + "</head>", 1)
    return page.replace('<div id="app"></div>', f'{first}<div id="app"></div>', 1)


def _head(asked: Asked, title: str, about: str) -> list[str]:
    plain = asked.origin + asked.path
    others = [("x-default", plain), *((one, f"{plain}?lang={one}") for one in LANGUAGES)]
    return [
        *title_of(asked, title, about),
        *(f'<link rel="alternate" hreflang="{one}" href="{escape(address)}">' for one, address in others),
    ]


def title_of(asked: Asked, title: str, about: str) -> list[str]:
    """Return the head of a page without languages of its own: what search engines and messengers show of it."""
    return [
        f"<title>{escape(title)} · Interlink</title>",
        f'<meta name="description" content="{escape(about)}">',
        f'<link rel="canonical" href="{escape(asked.address)}">',
        _property("og:type", "website"),
        _property("og:site_name", "Interlink"),
        _property("og:title", title),
        _property("og:description", about),
        _property("og:url", asked.address),
        _property("og:locale", _LOCALES[asked.language]),
    ]


def _property(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{escape(content)}">'


def _data(document: dict[str, Any]) -> str:
    """JSON that no document can break out of: `<` is written as its escape."""
    told = msgspec.json.encode(document).decode().replace("<", "\\u003c")
    return f'<script type="application/json" id="published">{told}</script>'


def _process(process: PublishedProcess, language: str) -> str:
    aim = said(process.aim, language)
    phases = "".join(
        f"<h2>{words(said(phase.name, language), language)}</h2><ul>"
        + "".join(
            f"<li><h3>{words(said(one.name, language), language)}</h3><ul>"
            + "".join(
                f"<li>{words(said(task.name, language), language)} · "
                f"{escape(say(f'public.status_{task.status}', language))}</li>"
                for task in one.tasks
            )
            + "</ul></li>"
            for one in phase.objectives
        )
        + "</ul>"
        for phase in process.phases
    )
    return (
        f"<h1>{words(said(process.name, language), language)}</h1>{_facts(process, language)}"
        f"{f'<p>{words(aim, language)}</p>' if aim.text else ''}{phases}"
        f'<p><a href="/public">{escape(say("public.all", language))}</a></p>'
    )


def _facts(process: PublishedProcess, language: str) -> str:
    done = say("public.progress", language, percent=round(process.progress * 100))
    facts = [one for one in (process.place, done) if one]
    return f'<div class="meta">{"".join(f"<span>{escape(one)}</span>" for one in facts)}</div>'


def words(text: Said, language: str) -> str:
    """Return a text as HTML; with its language where that is not the page's."""
    if text.lang == language or not text.text:
        return escape(text.text)
    return f'<span lang="{escape(text.lang)}">{escape(text.text)}</span>'
