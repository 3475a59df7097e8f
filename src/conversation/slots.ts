import type { Address, IsoDate, Position, RoadOwner } from './ports';

/**
 * The kinds of question a service can ask. A slot is plain data: how its answers are read stands in `reading/`, what is
 * said about it in `locales/`, by the keys that `service.ts` describes.
 */

/** Somewhere in the street: a stretch of road, a junction, a lamp post. */
export interface Place {
  /** As it is read back: "outside 12, Sample Road". */
  readonly line: string;
  /** The resident's own words. */
  readonly words: string;
  readonly street?: {
    readonly id: string;
    readonly name: string;
    readonly locality: string;
    readonly owner: RoadOwner;
  };
  readonly near?: string;
  /** The other street of a junction. */
  readonly junction?: string;
  /** A landmark of the gazetteer that it is near. */
  readonly landmark?: string;
  readonly number?: string;
  readonly postcode?: string;
  readonly position?: Position;
}

export interface Contact {
  readonly kind: 'phone' | 'email';
  /** E.164, or the address in lower case. */
  readonly value: string;
}

export type SlotKind =
  | { readonly kind: 'address' }
  | { readonly kind: 'place'; readonly streetIsEnough: boolean }
  | { readonly kind: 'choice'; readonly choices: readonly string[]; readonly weak?: readonly string[] }
  | { readonly kind: 'pick'; readonly byName: boolean }
  | { readonly kind: 'yes-no' }
  | { readonly kind: 'text'; readonly max: number; readonly entity?: 'reference' }
  | { readonly kind: 'date'; readonly when: 'past' | 'future' | 'any' }
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'contact' }
  | {
      readonly kind: 'pattern';
      readonly pattern: RegExp;
      readonly normalise: (words: string) => string;
      readonly entity?: PatternEntity;
    }
  | { readonly kind: 'photo' };

/** What the recogniser calls it; `anywhere`: nothing, but a word of this form can be nothing else, and is taken from any message. */
type PatternEntity = 'pcn' | 'plate' | 'reference' | 'postcode' | 'anywhere';

interface SlotOptions<T> {
  /** May be skipped; then its answer is undefined. */
  readonly isOptional: boolean;
  /** Asked only sometimes (`askIf`); undefined where it was not asked. */
  readonly isMaybe: boolean;
  /** Never asked: taken where the resident says it by themselves. */
  readonly isUnasked?: boolean;
  /** Taken, and never asked unless the resident changes it. */
  readonly fallback?: T;
}

export interface Slot<T> extends SlotOptions<T> {
  readonly is: SlotKind;
  /** Can be skipped: the answer may be undefined. */
  optional(): Slot<T | undefined>;
  /** Not asked in every case (see `askIf`): the answer may be undefined. */
  maybe(): Slot<T | undefined>;
  /** Never asked: only what the resident says by themselves. */
  unasked(): Slot<T | undefined>;
  /** Taken without asking, unless the resident says otherwise. */
  default(value: T): Slot<T>;
}

function slot<T>(is: SlotKind, options: SlotOptions<T> = { isOptional: false, isMaybe: false }): Slot<T> {
  return {
    is,
    ...options,
    optional: () => slot<T | undefined>(is, { ...options, isOptional: true }),
    maybe: () => slot<T | undefined>(is, { ...options, isMaybe: true }),
    unasked: () => slot<T | undefined>(is, { ...options, isMaybe: true, isUnasked: true }),
    default: (fallback) => slot<T>(is, { ...options, fallback }),
  };
}

/** An address of the borough, picked from the gazetteer by postcode, number, street or the resident's words. */
export const address = (): Slot<Address> => slot({ kind: 'address' });

/**
 * A place in the street: postcode, street with landmark or number, or a shared position. `streetIsEnough`: where on the street is not
 * asked.
 */
export const place = ({ streetIsEnough = false }: { readonly streetIsEnough?: boolean } = {}): Slot<Place> =>
  slot({ kind: 'place', streetIsEnough });

/** One of a fixed set; each has a label text `<slot>.<choice>` and may have a word list `<slot>.<choice>.also`. */
export const choice = <const C extends string>(...choices: readonly C[]): Slot<C> => slot({ kind: 'choice', choices });

/**
 * A choice some of whose values are named by words of everyday use: `weak` ones count only where no other value is named
 * ("pay" in "do students pay?").
 */
export const choiceOf = <const C extends string>(
  choices: readonly C[],
  { weak }: { readonly weak: readonly NoInfer<C>[] },
): Slot<C> => slot({ kind: 'choice', choices, weak });

/**
 * One of what `options` of the service finds at run time, or `none`. Not asked when nothing is found.
 * `byName`: its options are known from the start and have `names`, so the resident may name one at any time; a postcode is `none`
 * of them ("the nearest to …").
 */
export const pick = ({ byName = false }: { readonly byName?: boolean } = {}): Slot<string> =>
  slot({ kind: 'pick', byName });

export const yesNo = (): Slot<boolean> => slot({ kind: 'yes-no' });

/** The resident's own words, at most `max` characters. `entity`: a value of this kind answers it wherever it is said. */
export const text = ({ max, entity }: { readonly max: number; readonly entity?: 'reference' }): Slot<string> =>
  slot({ kind: 'text', max, ...(entity && { entity }) });

export const date = ({ when }: { readonly when: 'past' | 'future' | 'any' }): Slot<IsoDate> =>
  slot({ kind: 'date', when });

/** A whole number: how many of something. */
export const number = ({ min, max }: { readonly min: number; readonly max: number }): Slot<number> =>
  slot({ kind: 'number', min, max });

/** A phone number or an e-mail address, whichever the resident gives. */
export const contact = (): Slot<Contact> => slot({ kind: 'contact' });

/** A number of a known form, such as a PCN; `normalise` runs before the pattern is tried. */
export const pattern = (
  form: RegExp,
  normalise: (words: string) => string = upperWithoutSpaces,
  entity?: PatternEntity,
): Slot<string> => slot({ kind: 'pattern', pattern: form, normalise, ...(entity && { entity }) });

/** A picture: the id of the stored file. Always optional. */
export const photo = (): Slot<string | undefined> =>
  slot<string | undefined>({ kind: 'photo' }, { isOptional: true, isMaybe: false });

function upperWithoutSpaces(words: string): string {
  return words.toUpperCase().replace(/[\s-]/g, '');
}

/** What a slot's answers are. */
export type AnswerOf<X> = X extends Slot<infer T> ? T : never;
