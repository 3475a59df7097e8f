import type { RuleContext } from '../src/conversation/service';

/** What the words of a complaint tell: whether they say enough, whom they blame, and whether a person should hear them. */

type Words = Pick<RuleContext, 'names'>;

/** "I want to make a complaint" says that there is one, not what it is: more than a few words beside that do. */
export function saysWhat(text: string, { names }: Words): boolean {
  const words = text.trim().split(/\s+/);
  const rest = words.filter((word) => names('complaining', word).length === 0);
  return rest.length >= (rest.length < words.length ? 14 : 6);
}

/** The council is blamed: it knew, promised, failed, did harm. Without that, a fault is reported for the first time. */
export const blames = (what: string, { names }: Words): boolean => names('blame', what).length > 0;

/** Violence, threats, abuse, harm to a child or to somebody in care: by whomever, a person should hear it, not a form. */
export const isGrave = (what: string, { names }: Words): boolean => names('grave', what).length > 0;

/** Loud words: a person is offered, never forced. */
export function isAngry(what: string, { names }: Words): boolean {
  const letters = what.replace(/[^\p{L}]/gu, '');
  const loud = letters.length >= 12 && letters === letters.toUpperCase() && letters !== letters.toLowerCase();
  return loud || /!{2,}/.test(what) || names('anger', what).length > 0;
}
