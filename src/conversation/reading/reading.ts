import type { Known } from '../form';
import type { ChoiceSaid, Entity, Json, Position, Say, Understanding } from '../ports';

/** What the resident gave for a slot, and how much of it may be taken. */
export interface Given {
  readonly understanding: Understanding;
  /** The message answers this slot's question: its words may be used too. Otherwise only what was recognised counts. */
  readonly whole: boolean;
  readonly chosen?: string;
  readonly yes?: boolean;
  readonly dontKnow?: boolean;
  readonly position?: Position;
  readonly photo?: string;
}

export type Read =
  | { readonly value: Json; readonly source: 'said' | 'verified' }
  /** Part of it is known; `say` asks for the rest. */
  | { readonly partial: Json; readonly say: Say }
  /** It is an answer, but cannot be taken: say why and ask again. */
  | { readonly invalid: Say }
  | { readonly unread: true };

export const UNREAD: Read = { unread: true };

export interface Context {
  readonly known: Known;
  /** What was known of the slot before. */
  readonly partial: Json | undefined;
}

export const NOTHING: Understanding = {
  text: '',
  language: { code: 'en', confidence: 0 },
  intents: [],
  band: 'none',
  emergency: false,
  alsoWants: [],
  entities: [],
};

export function entity(given: Given, ...kinds: readonly Entity['kind'][]): string | undefined {
  for (const kind of kinds) {
    const found = given.understanding.entities.find((each) => each.kind === kind);
    if (found) return found.value;
  }
  return undefined;
}

/** At most `size` of a list from `from` on, then "more" and "none of these". */
export function page<T>(
  items: readonly T[],
  from: number,
  size: number,
  show: (item: T) => ChoiceSaid,
): readonly ChoiceSaid[] {
  const shown = items.slice(from, from + size).map(show);
  const more: readonly ChoiceSaid[] =
    items.length > from + size ? [{ value: 'more', label: 'common:choice.more' }] : [];
  return [...shown, ...more, { value: 'none', label: 'common:choice.none' }];
}
