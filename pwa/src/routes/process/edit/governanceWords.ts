/** The kinds of co-production, the questions and their answers, as people read them. */
import { m } from '$lib/i18n/messages';
import type { GovernanceKind, Question } from '$lib/model/governance';

type Say = () => string;
export const kindName: Record<GovernanceKind, Say> = {
  C2C: m.governance_c2c,
  C2G: m.governance_c2g,
  G2C: m.governance_g2c,
  'G+G': m.governance_gg,
};
export const kindText: Record<GovernanceKind, Say> = {
  C2C: m.governance_c2c_text,
  C2G: m.governance_c2g_text,
  G2C: m.governance_g2c_text,
  'G+G': m.governance_gg_text,
};
export const questionWords: Record<Question, Say> = {
  begins: m.governance_begins,
  works: m.governance_works,
  brings: m.governance_brings,
  answers: m.governance_answers,
};
const answers: Record<Question, Record<string, Say>> = {
  begins: {
    citizens: m.governance_begins_citizens,
    administration: m.governance_begins_administration,
    administrations: m.governance_begins_administrations,
  },
  works: {
    citizens: m.governance_works_citizens,
    helped: m.governance_works_helped,
    platform: m.governance_works_platform,
    administrations: m.governance_works_administrations,
  },
  brings: {
    room: m.governance_brings_room,
    asks: m.governance_brings_asks,
    opens: m.governance_brings_opens,
    shares: m.governance_brings_shares,
  },
  answers: {
    citizens: m.governance_answers_citizens,
    administration: m.governance_answers_administration,
    administrations: m.governance_answers_administrations,
  },
};
export const answerWords = (question: Question, answer: string) => answers[question][answer]?.() ?? answer;
