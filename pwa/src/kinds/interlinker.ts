/** From an INTERLINKER to something made: its template as a page or a checklist, else the way to it as a link. */
import { safeHref } from '$lib/components/rich/nodes';
import { longestName, type Asset, type Members } from '$lib/model/assets';
import type { Interlinker, Link } from '$lib/model/documents';
import { splitId } from '$lib/model/envelope';
import { textIn } from '$lib/model/text';
import type { Kind } from './contract';
import { kindOf } from './registry';

/** What a new asset begins with. */
export interface Beginning {
  kind: Kind;
  name: string;
  members: Members<Asset>;
  lang: string;
  madeFrom?: string;
  /** The thing itself, not only the way to it. */
  whole: boolean;
}

/** Undefined when there is nothing to begin with: it can only be read. */
export function beginWith(interlinker: Interlinker, language: string): Beginning | undefined {
  const shown = textIn(interlinker.name, language);
  const name = shown.text.slice(0, longestName);
  const madeFrom = splitId(interlinker._id).key;
  const template = textIn(interlinker.template?.text, language);
  const templated = interlinker.template && kindOf(interlinker.template.kind);
  if (templated && template.text)
    return {
      ...{ kind: templated, name: textIn(interlinker.name, template.lang).text.slice(0, longestName) },
      ...{
        members: templated.blank(withoutTitle(template.text)),
        lang: template.lang,
        madeFrom,
        whole: true,
      },
    };
  const url = safeHref(textIn(interlinker.links, language).text);
  const link = kindOf('link');
  if (!url || !link) return undefined;
  const members = { ...link.blank(), url } satisfies Partial<Members<Link>>;
  return { kind: link, name, members, lang: shown.lang, madeFrom, whole: false };
}

/** The first heading of a template is its name, which the asset has of its own. */
const withoutTitle = (text: string) => text.replace(/^\s*# [^\n]*\n+/, '');
