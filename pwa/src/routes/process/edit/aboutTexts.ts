/** The texts that tell what a process is about, in the order in which they are told. */
import { m } from '$lib/i18n/messages';

export const aboutTexts = {
  aim: { label: m.about_aim },
  idea: { label: m.about_idea },
  description: { label: m.about_description },
  challenges: { label: m.about_challenges },
  requirements: { label: m.about_requirements },
} as const;
