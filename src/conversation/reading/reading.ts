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
  /** "no, …": what follows takes the place of what was said. */
  readonly correcting?: boolean;
  readonly position?: Position;
  readonly photo?: string;
}

export type Read =
  | { readonly value: Json; readonly source: 'said' | 'verified' }
  /** Part of it is known; `say` asks for the rest. */
  | { readonly partial: Json; readonly say: Say }
  /** It is an answer, but cannot be taken: say why and ask again. `keep`: what of it is still good. */
  | { readonly invalid: Say; readonly keep?: Json }
  | { readonly unread: true };

export const UNREAD: Read = { unread: true };

export interface Context {
  readonly known: Known;
  /** What was known of the slot before. */
  readonly partial: Json | undefined;
  /** Of a place: where on the street is not asked. */
  readonly streetIsEnough?: boolean;
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

/** What a half-known answer carries along: the question about the rest of it. */
export interface Asked {
  readonly say?: Say;
}

/** A story's "the one next to it" is no number: one in words counts only where little else is said. */
export function bareNumberIn(given: Given): string | undefined {
  const { text, entities } = given.understanding;
  const number = entities.find(({ kind }) => kind === 'number');
  const isShort = text.length <= (number?.text.length ?? 0) + (/^\d/.test(number?.text ?? '') ? 40 : 12);
  return isShort ? number?.value : undefined;
}

/** "Same as last time", where no other place is named: what an earlier form was told, if it was told anything. */
export function saysSame(given: Given, { known }: Context, kind: 'address' | 'place'): boolean {
  const names = entity(given, 'street', 'unknown-street', 'postcode') !== undefined;
  const isMeant = !names && (known.isSame?.(given.understanding.text) ?? false);
  return isMeant && (given.whole || known.before?.[kind] !== undefined);
}

/** Part of an answer, with the question for the rest: kept together, so that it can be asked again. */
export const asking = (partial: object, say: Say): Read => ({
  partial: { ...partial, say } as unknown as Json,
  say,
});

/** So many are offered to pick from, besides "none of these"; of more a narrower question is asked. */
export const MOST = 4;

export const NONE: ChoiceSaid = { value: 'none', label: 'common:choice.none' };
export const PERSON: ChoiceSaid = { value: 'cmd:agent', label: 'common:offer.person' };
export const STOP: ChoiceSaid = { value: 'cmd:stop', label: 'common:choice.stop' };

/** No street is called so. */
export const isBareYesOrNo = ({ whole, yes, chosen }: Given): boolean =>
  whole && yes !== undefined && chosen === undefined;

/** What was chosen of a list that ends in "none of these": a yes takes the only one, a no takes none. */
export function chosenOf({ chosen, yes }: Given, say: Say | undefined): string | undefined {
  const offered = say?.choices ?? [];
  if (chosen !== undefined || yes === undefined || !offered.some(({ value }) => value === NONE.value)) return chosen;
  const [only] = offered;
  return yes ? (offered.length === 2 ? only?.value : undefined) : NONE.value;
}

/** A postcode that is not the council's: whose it is, where that is known. */
export function elsewhere({ postcode, authority }: { readonly postcode: string; readonly authority?: string }): Say {
  return authority
    ? { text: 'common:address.elsewhere', params: { postcode, authority }, choices: [STOP] }
    : { text: 'common:address.outside', params: { postcode }, choices: [STOP] };
}
