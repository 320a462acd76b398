import { m } from '$lib/i18n/messages';
import type { PartnerKind } from '$lib/model/process';

/** The kind of partner, as one says it of one of them. */
export const kindWord = (kind: PartnerKind) =>
  kind === 'gov' ? m.kind_gov() : kind === 'com' ? m.kind_com() : m.kind_cit();
