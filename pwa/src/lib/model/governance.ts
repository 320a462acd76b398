/**
 * Who gives the service to whom: INTERLINK's four kinds of co-production, after D. Linders, «From e-government to we-government»
 * (Government Information Quarterly 29, 2012): do-it-yourself government, citizen sourcing, government as a platform, and several
 * administrations together. A few plain questions lead there, and nothing hidden: each answer speaks for kinds, the one most spoken
 * for is proposed with the answers that spoke for it, and people may choose another.
 */
import type { Governance } from './documents';

export type GovernanceKind = Governance['kind'];
export const KINDS: readonly GovernanceKind[] = ['C2C', 'C2G', 'G2C', 'G+G'];

type Speaks = Partial<Record<GovernanceKind, number>>;
/** Questions in the order in which they are asked; for each answer the kinds it speaks for, and how strongly. */
const QUESTIONS = {
  begins: {
    citizens: { C2C: 1, C2G: 1 },
    administration: { C2G: 1, G2C: 1 },
    administrations: { 'G+G': 2 },
  },
  works: { citizens: { C2C: 2 }, helped: { C2G: 2 }, platform: { G2C: 2 }, administrations: { 'G+G': 2 } },
  brings: { room: { C2C: 1 }, asks: { C2G: 1 }, opens: { G2C: 1 }, shares: { 'G+G': 1 } },
  answers: { citizens: { C2C: 2 }, administration: { C2G: 1, G2C: 1 }, administrations: { 'G+G': 2 } },
} as const satisfies Record<string, Record<string, Speaks>>;

export type Question = keyof typeof QUESTIONS;
export type Answers = Partial<Record<Question, string>>;
export const asked = Object.keys(QUESTIONS) as Question[];
export const answersTo = (question: Question) => Object.keys(QUESTIONS[question]);

/** How strongly one answer speaks for a kind; 0 for an answer that nobody knows (an older or newer questionnaire). */
function weight(question: Question, answer: string | undefined, kind: GovernanceKind): number {
  const speaks = (QUESTIONS[question] as Record<string, Speaks>)[answer ?? ''];
  return speaks?.[kind] ?? 0;
}

/** The kind most spoken for, at equal strength the first named; undefined while nothing is answered. */
export function proposed(answers: Answers): GovernanceKind | undefined {
  const strength = (kind: GovernanceKind) =>
    asked.reduce((sum, question) => sum + weight(question, answers[question], kind), 0);
  const best = KINDS.reduce((best, kind) => (strength(kind) > strength(best) ? kind : best));
  return strength(best) > 0 ? best : undefined;
}

/** The questions whose answers spoke for a kind, the strongest first. */
export function reasons(answers: Answers, kind: GovernanceKind): Question[] {
  return asked
    .filter((question) => weight(question, answers[question], kind) > 0)
    .sort((a, b) => weight(b, answers[b], kind) - weight(a, answers[a], kind));
}
