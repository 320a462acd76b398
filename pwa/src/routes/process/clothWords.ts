/** The cloth in words: the name of the picture, and the sentence beside a hole. */
import { missing } from '$lib/components/cloth';
import { m } from '$lib/i18n/messages';
import type { PartnerKind, Thread } from '$lib/model/process';

const partner = (kind: PartnerKind) =>
  kind === 'gov' ? m.partners_gov() : kind === 'cit' ? m.partners_cit() : m.partners_com();

export function clothWords(threads: readonly Thread[]): string {
  const total = threads.filter((thread) => thread.begun).length;
  if (total === 0) return m.cloth_not_begun();
  const took = (kind: PartnerKind) => threads.filter((thread) => thread.took.includes(kind)).length;
  return m.cloth_words({ total, gov: took('gov'), cit: took('cit'), com: took('com') });
}

export function holeWords(threads: readonly Thread[]): string | undefined {
  const [kind] = missing(threads);
  return kind && m.cloth_hole({ partner: partner(kind) });
}
