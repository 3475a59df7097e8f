import { look } from '../form';
import type { Entity, Json, LandmarkMatch, Position, PostcodeAnswer, StreetMatch } from '../ports';
import type { Place } from '../slots';
import type { Asked, Context, Given } from './reading';

/** What the gazetteer is asked about a place in the street. */

export type KnownStreet = NonNullable<Place['street']> & { readonly position: Position };

export interface KnownLandmark {
  readonly id: string;
  readonly name: string;
  readonly position: Position;
  readonly score: number;
}

/** What is known of a place before it is decided, and the question that was asked about the rest of it. */
export interface Partial extends Asked {
  readonly words?: string;
  readonly street?: KnownStreet;
  readonly number?: string;
  /** A street that was named beside a postcode of somebody else. */
  readonly named?: string;
  readonly postcode?: string;
  /** Where on a street, in the resident's words: "opposite the church". */
  readonly near?: string;
  /** Offered for picking. */
  readonly streets?: readonly KnownStreet[];
  readonly landmarks?: readonly KnownLandmark[];
}

export function streetKept({ street }: StreetMatch): KnownStreet {
  const { id, name, locality, owner, position } = street;
  return { id, name, locality, owner, position };
}

/** A street without its position: what a place keeps of it. */
export const slim = ({ id, name, locality, owner }: KnownStreet): NonNullable<Place['street']> => ({
  id,
  name,
  locality,
  owner,
});

/** The score of a part of a landmark's name: "the station". */
export const PART = 0.5;

/** Below this a name is no name of a street. */
const LIKELY = 0.6;
const NEARLY_ONE = 0.999;

export const exactly = ({ score }: StreetMatch): boolean => score >= NEARLY_ONE;

const streetsFor = (name: string, near: Position | undefined, { known }: Context) =>
  look(known, { need: 'streets', name, ...(near && { near }) }) as unknown as readonly StreetMatch[] | undefined;

/** Undefined: the gazetteer does not answer. */
export function likely(name: string, near: Position | undefined, context: Context): readonly StreetMatch[] | undefined {
  return streetsFor(name, near, context)?.filter(({ score }) => score >= LIKELY);
}

/** The names of streets in a message, each once, in its order. */
export function streetsNamed({ understanding: { entities } }: Given): readonly string[] {
  return [...new Set(entities.filter(({ kind }) => kind === 'street').map(({ value }) => value))];
}

/** Undefined: the gazetteer does not answer. */
export function postcodeAt(postcode: string, { known }: Context): PostcodeAnswer | undefined {
  return look(known, { need: 'postcode', postcode }) as unknown as PostcodeAnswer | undefined;
}

export function nearbyStreets(position: Position, { known }: Context, metres?: number): readonly KnownStreet[] {
  return near(position, known, metres).map(streetKept);
}

export function near(position: Position, known: Context['known'], metres?: number): readonly StreetMatch[] {
  const matches = look(known, { need: 'streets-near', position, ...(metres && { metres }) });
  return (matches ?? []) as unknown as readonly StreetMatch[];
}

/** A street is one point in the gazetteer, and roads are long: what is this near is taken for a stretch of it. */
const LONG_ROAD_METRES = 500;

export function isAlong(street: KnownStreet, position: Position, context: Context): boolean {
  const metres = metresTo(street, position, context);
  return metres !== undefined && metres <= LONG_ROAD_METRES;
}

export function metresTo({ id, name }: KnownStreet, position: Position, context: Context): number | undefined {
  return streetsFor(name, position, context)?.find(({ street }) => street.id === id)?.metres;
}

/** Letters that may stand between a street and its number: "Mill Street, at number 12". */
const BESIDE = 16;
/** A bare number is one of a house where it stands beside the street's name, or after "outside". */
export function bareNumber({ understanding: { entities, text } }: Given, { known }: Context): string | undefined {
  const street = entities.find(({ kind }) => kind === 'street' || kind === 'unknown-street');
  const beside = ({ kind, start, end }: Entity): boolean =>
    kind === 'number' && street !== undefined && start >= street.end && end - street.end <= BESIDE;
  const outside = known.landmarkIn?.(text);
  return entities.find(beside)?.value ?? (outside && ONLY_NUMBER.exec(outside)?.[1]?.toLowerCase());
}

/** "outside 12", "in front of number 12a" */
const ONLY_NUMBER = /^\D+\s(\d{1,4}[a-z]?)$/i;

/** "opposite the church", unless it is but the street, a number or a postcode again: "near Mill Street", "outside 12". */
export function landmarkWords({ understanding: { text, entities } }: Given, { known }: Context): string | undefined {
  const landmark = known.landmarkIn?.(text);
  const names = entities.filter(({ kind }) => NAMES.has(kind));
  const isOnlyNumber = landmark !== undefined && ONLY_NUMBER.test(landmark);
  return isOnlyNumber || names.some((entity) => landmark?.includes(entity.text)) ? undefined : landmark;
}

const NAMES: ReadonlySet<Entity['kind']> = new Set(['street', 'unknown-street', 'postcode']);

/**
 * Landmarks of the gazetteer that a message names outside its streets' names, each name once; of parts of names ("the station")
 * those that the words about where it is end in.
 */
export function landmarksNamed(
  given: Given | undefined,
  near: string | undefined,
  { known }: Context,
  position?: Position,
): readonly KnownLandmark[] {
  const words = given ? withoutStreets(given) : (near ?? '');
  const full = landmarksFor(words, position, known);
  const found = full.length > 0 || near === undefined ? full : landmarksFor(near, position, known);
  return found.map(({ landmark, score }) => ({ ...landmark, score }));
}

function landmarksFor(words: string, near: Position | undefined, known: Context['known']): readonly LandmarkMatch[] {
  if (!/\p{L}{3}/u.test(words)) return [];
  const found = look(known, { need: 'landmarks', words: words.slice(0, LONGEST_STORY), ...(near && { near }) });
  return (found ?? []) as unknown as readonly LandmarkMatch[];
}

const LONGEST_STORY = 300;

function withoutStreets({ understanding: { text, entities } }: Given): string {
  const streets = entities.filter(({ kind }) => kind === 'street' || kind === 'postcode');
  return streets.reduceRight((left, { start, end }) => `${left.slice(0, start)} , ${left.slice(end)}`, text);
}

/** The first house of a number, for its position and postcode. */
export function houseOf(
  street: string,
  number: string,
  { known }: Context,
): { readonly position: Position; readonly postcode: string } | undefined {
  const houses = look(known, { need: 'addresses', query: { street, number } }) as Json | undefined;
  const [at] = (houses ?? []) as unknown as readonly { readonly position: Position; readonly postcode: string }[];
  return at;
}
