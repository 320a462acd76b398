/** The catalogue's own words in the language of the screens. */
import type { IconName } from '$lib/components/icons';
import { m } from '$lib/i18n/messages';
import type { Interlinker } from '$lib/model/documents';

type Kind = Interlinker['kind'];
type Difficulty = Interlinker['difficulty'];
type Licence = Interlinker['licence'];

export const kinds: readonly Kind[] = ['knowledge', 'external_knowledge', 'software', 'external_software'];
export const difficulties: readonly Difficulty[] = [
  'very_easy',
  'easy',
  'medium',
  'difficult',
  'very_difficult',
];

export const licences: readonly Licence[] = [
  'public_domain',
  'permissive',
  'copyleft',
  'non_commercial',
  'proprietary',
];

const kindWords: Record<Kind, () => string> = {
  knowledge: m.kind_knowledge,
  external_knowledge: m.kind_external_knowledge,
  software: m.kind_software,
  external_software: m.kind_external_software,
};
const kindIcons: Record<Kind, IconName> = {
  knowledge: 'note',
  external_knowledge: 'globe',
  software: 'catalogue',
  external_software: 'globe',
};
const difficultyWords: Record<Difficulty, () => string> = {
  very_easy: m.difficulty_very_easy,
  easy: m.difficulty_easy,
  medium: m.difficulty_medium,
  difficult: m.difficulty_difficult,
  very_difficult: m.difficulty_very_difficult,
};
const licenceWords: Record<Licence, () => string> = {
  public_domain: m.licence_public_domain,
  permissive: m.licence_permissive,
  copyleft: m.licence_copyleft,
  non_commercial: m.licence_non_commercial,
  proprietary: m.licence_proprietary,
};

export const kindWord = (kind: Kind) => kindWords[kind]();
export const kindIcon = (kind: Kind) => kindIcons[kind];
export const difficultyWord = (difficulty: Difficulty) => difficultyWords[difficulty]();
export const licenceWord = (licence: Licence) => licenceWords[licence]();
