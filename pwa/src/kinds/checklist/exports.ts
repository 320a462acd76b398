import { m } from '$lib/i18n/messages';
import type { Checklist } from '$lib/model/documents';
import { markdown } from '../words';
import { sorted } from './items';

export const markdownOf = ({ name, items = [] }: Checklist): Blob =>
  markdown(
    name,
    sorted(items)
      .map(({ done, text }) => `- [${done ? 'x' : ' '}] ${text}`)
      .join('\n'),
  );

/** RFC 4180, with the mark by which spreadsheets know UTF-8. */
export function csvOf({ items = [] }: Checklist): Blob {
  const rows = sorted(items).map(({ text, done }) => [text, done ? m.checklist_yes() : m.checklist_no()]);
  const lines = [[m.checklist_column_text(), m.checklist_column_done()], ...rows];
  return new Blob([`\ufeff${lines.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`], {
    type: 'text/csv',
  });
}

/** Quoted; what a spreadsheet would take for a formula becomes words. */
const cell = (text: string) => `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
