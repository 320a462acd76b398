import { parseHtml } from '$lib/components/rich/html';
import { plain } from '$lib/components/rich/nodes';
import type { Interlinker } from '$lib/model/documents';
import { textIn, type Shown } from '$lib/model/text';

const enough = 140; // characters

/** What a building block is, in one quiet line: its overview, else the beginning of its description. */
export function oneSentence(interlinker: Interlinker, language: string): Shown {
  const overview = textIn(interlinker.overview, language);
  if (overview.text && !overview.missing) return { ...overview, text: short(overview.text) };
  const description = textIn(interlinker.description, language);
  if (description.text && (!description.missing || !overview.text))
    return { ...description, text: short(plain(parseHtml(description.text))) };
  return { ...overview, text: short(overview.text) };
}

function short(text: string): string {
  if (text.length <= enough) return text;
  const sentence = /^.{30,140}?[.!?](?=\s)/.exec(text)?.[0];
  return sentence ?? `${text.slice(0, text.lastIndexOf(' ', enough))}…`;
}
