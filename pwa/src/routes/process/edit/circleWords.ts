/** A circle of prerequisites as sentences: «A waits for B», «B holds C». */
import { language } from '$lib/i18n/language.svelte';
import { m } from '$lib/i18n/messages';
import type { Circle, Step } from '$lib/model/circles';
import { textIn } from '$lib/model/text';
import type { Tree } from '$lib/model/tree';

export function circleWords(tree: Tree, circle: Circle): { step: Step; words: string }[] {
  const nameOf = (id: string) => textIn(tree.byId.get(id)?.document.name, language.code).text || m.untitled();
  const say = { waits: m.circle_waits, part: m.circle_part, holds: m.circle_holds };
  return shortened(circle).map((step) => ({
    step,
    words: say[step.kind]({ one: nameOf(step.from), other: nameOf(step.to) }),
  }));
}

/** A phase that holds an objective that holds a task holds the task. */
function shortened(circle: Circle): Step[] {
  const steps: Step[] = [];
  for (const step of circle) {
    const last = steps.at(-1);
    if (last && last.kind === step.kind && step.kind !== 'waits')
      steps.splice(-1, 1, { ...last, to: step.to });
    else steps.push(step);
  }
  return steps;
}
