import type { Entity, Understanding } from './ports';

/** A message that asks for two things, taken apart. */

export interface Clause {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Surer than a guess. */
const SURE = 0.5;

/**
 * What of a message is about one of its wants: "… at 10 Sample Road. Also a pothole outside 5 Mill Street". Values of the other
 * wants' clauses must not become this one's answers. A clause that says nothing by itself belongs to the one before it.
 */
export function about(
  want: string,
  understanding: Understanding,
  clauses: readonly Clause[],
  recognise: (text: string) => Understanding,
): Understanding {
  const wants = new Set([want, ...wantsOf(understanding)]);
  if (wants.size < 2 || clauses.length < 2) return understanding;
  const owners = clauses.map(({ text }) => ownerOf(recognise(text), wants));
  const first = owners.find((owner) => owner !== undefined);
  const others = clauses.filter(
    (_, at) => (owners.slice(0, at + 1).findLast((owner) => owner) ?? first ?? want) !== want,
  );
  const isTheirs = ({ start }: Entity): boolean => others.some((clause) => start >= clause.start && start < clause.end);
  return { ...understanding, entities: understanding.entities.filter((entity) => !isTheirs(entity)) };
}

/** Of several values of one choice the first, and the rest, which is about the same: "the food bin and the recycling" are two reports. */
export function oneByOne(
  want: string,
  slot: string,
  understanding: Understanding,
): { readonly first: Understanding; readonly rest?: Understanding } {
  const isOf = ({ kind, slot: of }: Entity): boolean => kind === 'choice' && of === slot;
  const named = understanding.entities.filter(isOf);
  const others = named.filter(({ value }) => value !== named[0]?.value);
  if (others.length === 0) return { first: understanding };
  const first = understanding.entities.filter((entity) => !others.includes(entity));
  return {
    first: { ...understanding, entities: first },
    rest: { ...understanding, entities: others, intents: [{ intent: want, confidence: 1 }], alsoWants: [] },
  };
}

/** The want that is named first, with the others after it. */
export function inOrder(
  understanding: Understanding,
  clauses: readonly Clause[],
  recognise: (text: string) => Understanding,
): readonly string[] {
  const wants = wantsOf(understanding);
  const named = clauses.flatMap(({ text }) => ownerOf(recognise(text), wants) ?? []);
  return [...new Set([...named, ...wants])];
}

const wantsOf = ({ intents, alsoWants }: Understanding): ReadonlySet<string> =>
  new Set([...intents.slice(0, 1).map(({ intent }) => intent), ...alsoWants]);

function ownerOf({ intents }: Understanding, wants: ReadonlySet<string>): string | undefined {
  const [best] = intents;
  return best && best.confidence >= SURE && wants.has(best.intent) ? best.intent : undefined;
}
