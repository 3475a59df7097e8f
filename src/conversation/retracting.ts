import type { Entity, Understanding } from './ports';

/** Words by which a resident takes back what they have just named, in plain lower case. */
export interface RetractingWords {
  /** Directly before a value: "not the recycling". */
  readonly before: readonly string[];
  /** Between two values of one slot: "the food bin, no I mean the recycling". */
  readonly between: readonly string[];
}

/** Without the choices that the same message takes back. */
export function withoutRetracted(
  understanding: Understanding,
  words: RetractingWords,
  plain: (text: string) => string,
): Understanding {
  const { text, entities } = understanding;
  const named = entities.filter(({ kind }) => kind === 'choice');
  const isDenied = ({ start }: Entity): boolean => {
    // In some languages "no" and "not" are one word: behind its comma stands what is right.
    const lead = ` ${plain(text.slice(0, start).replace(/^.*[,;:.!?–-]\s/s, ''))}`;
    return words.before.some((each) => lead.endsWith(` ${each}`));
  };
  const isReplaced = (entity: Entity): boolean =>
    named.some((later) => {
      if (later.slot !== entity.slot || later.value === entity.value || later.start < entity.end) return false;
      const gap = ` ${plain(text.slice(entity.end, later.start))} `;
      return words.between.some((each) => gap.includes(` ${each} `));
    });
  const gone = new Set(named.filter((entity) => isDenied(entity) || isReplaced(entity)));
  return gone.size === 0 ? understanding : { ...understanding, entities: entities.filter((each) => !gone.has(each)) };
}
