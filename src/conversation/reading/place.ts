import { plain } from '../commands';
import type { Json, Position, Say, StreetMatch } from '../ports';
import type { Place } from '../slots';
import { narrowed } from './addressLists';
import { halfPostcode, isName, onlyPlate } from './oddAnswers';
import { junctionOf } from './placeJunction';
import { byLandmark, landmarkPlace } from './placeLandmarks';
import {
  bareNumber,
  exactly,
  houseOf,
  isAlong,
  type KnownStreet,
  landmarksNamed,
  landmarkWords,
  likely,
  metresTo,
  nearbyStreets,
  PART,
  type Partial,
  postcodeAt,
  slim,
  streetKept,
  streetsNamed,
} from './placeLookups';
import { atPosition } from './placePosition';
import * as says from './placeSays';
import { asking, type Context, elsewhere, entity, type Given, type Read, UNREAD } from './reading';

/** A street and where on it: number, landmark, junction, postcode; or a landmark or a shared position alone. */
export function readPlace(given: Given, context: Context): Read {
  const before = (context.partial ?? {}) as unknown as Partial;
  const position = given.position ?? given.understanding.position;
  if (position) return atPosition(position, given.understanding.text, context);
  const picked = pick(given, before, context);
  if (picked) return picked;
  if (context.known.isSame?.(given.understanding.text)) return asBefore(context);
  const named = streetsNamed(given);
  if (before.street && given.whole) {
    const [other] = named.filter((name) => name !== before.street?.name);
    if (other) return junctionOf([before.street.name, other], before.words ?? '', context) ?? UNREAD;
    return where(before.street, before, given, context);
  }
  return fromWords(gathered(before, given, context), named, given, context);
}

/** Asks for what is still missing, without a new message. */
export function resumePlace({ partial }: Context): Read {
  const { say } = (partial ?? {}) as unknown as Partial;
  return say && partial !== undefined ? { partial, say } : UNREAD;
}

function asBefore({ known }: Context): Read {
  const place = known.before?.place;
  return place === undefined ? { invalid: says.noneBefore() } : { value: place, source: 'verified' };
}

function pick(given: Given, before: Partial, context: Context): Read | undefined {
  const { chosen, whole } = given;
  if (chosen === 'none') return { invalid: { text: 'common:place.again' } };
  const words = given.understanding.text;
  const byId = before.streets?.find(({ id }) => `street:${id}` === chosen);
  const typed = before.streets?.map((street) => ({ street, line: `${street.name} ${street.locality}` })) ?? [];
  const fitting = whole && !byId ? narrowed(typed, words) : [];
  const street = byId ?? (fitting.length === 1 ? fitting[0]?.street : undefined);
  if (street) return located({ ...without(before), street }, given, context);
  const landmark = before.landmarks?.find(({ id }) => `mark:${id}` === chosen);
  return landmark && landmarkPlace(landmark, before.words ?? words, context);
}

const without = ({ streets: _s, landmarks: _l, say: _y, ...rest }: Partial): Partial => rest;
const join = (one: string | undefined, two: string): string => [one, two].filter(Boolean).join(' / ').slice(0, 500);

/** What the message adds to what is known. */
function gathered(before: Partial, given: Given, context: Context): Partial {
  const { postcode: postcodeBefore, number: numberBefore, near: nearBefore, words } = before;
  const postcode = entity(given, 'postcode') ?? postcodeBefore;
  const number = entity(given, 'house-number') ?? bareNumber(given, context) ?? numberBefore;
  const near = landmarkWords(given, context) ?? nearBefore;
  return {
    words: join(words, given.understanding.text),
    ...(postcode && { postcode }),
    ...(number && { number }),
    ...(near && { near }),
  };
}

function fromWords(partial: Partial, named: readonly string[], given: Given, context: Context): Read {
  const text = given.understanding.text;
  const joins = named.length > 1 && (context.known.isJunction?.(text) ?? false);
  if (joins) return junctionOf(named, text, context) ?? byName(named[0] ?? '', partial, given, context);
  const [name] = named;
  const unknown = entity(given, 'unknown-street');
  if (name) return cornerOf(byName(name, partial, given, context), unknown, text, context);
  const marks = landmarksNamed(given, partial.near, context);
  const whole = marks.filter(({ score }) => score > PART);
  if (whole.length > 0) return byLandmark(whole, partial, context);
  if (unknown) return byName(unknown, partial, given, context);
  if (entity(given, 'postcode') && partial.postcode) return byPostcode(partial.postcode, partial, given, context);
  if (marks.length > 0) return byLandmark(marks, partial, context);
  return given.whole ? fromOddWords(partial, text, given, context) : partOnly(partial, given, context);
}

/** A corner of which only one street is known: the other is named back. */
function cornerOf(read: Read, unknown: string | undefined, text: string, context: Context): Read {
  const street = 'partial' in read ? (read.partial as unknown as Partial).street : undefined;
  if (!street || !unknown || !context.known.isJunction?.(text)) return read;
  return asking({ words: text, street }, says.whereElse(street.name, unknown, context));
}

/** "outside 12" and "by the shop" tell where on a street that is still to be named. */
function partOnly({ number, near, words = '' }: Partial, given: Given, context: Context): Read {
  const isHouse = (entity(given, 'house-number') ?? bareNumber(given, context)) !== undefined;
  if (!isHouse && near === undefined) return UNREAD;
  const partial = { words, ...(number && { number }), ...(near && { near }) };
  return asking(partial, says.whichStreet(number, near));
}

function fromOddWords(partial: Partial, text: string, given: Given, context: Context): Read {
  if (onlyPlate(given)) return { invalid: says.plate(text) };
  const half = halfPostcode(text);
  if (half) return { invalid: says.half(half) };
  const part = partOnly(partial, given, context);
  if (!('unread' in part)) return part;
  return isName(text) && /\p{L}{3}/u.test(text) ? byName(text, partial, given, context) : UNREAD;
}

/** @param name as the gazetteer spells it, or as the resident does */
function byName(name: string, partial: Partial, given: Given, context: Context): Read {
  const spot = partial.postcode ? postcodeAt(partial.postcode, context) : undefined;
  if (spot?.in === 'elsewhere') return { invalid: elsewhere(spot) };
  const matches = likely(name, spot?.position, context);
  if (matches === undefined) return unverified(partial);
  const exact = meantOf(matches.filter(exactly), partial, context);
  const [only] = exact;
  if (only && (exact.length === 1 || spot)) return located({ ...partial, street: streetKept(only) }, given, context);
  if (exact.length > 0) return offer(partial, exact.map(streetKept));
  if (matches.length > 0) return offer(partial, matches.map(streetKept), says.alike(name, context));
  const say = says.unknown(name, context);
  const isNamed = given.whole || entity(given, 'unknown-street') !== undefined;
  return isNamed ? asking(partial, say) : UNREAD;
}

/** Of streets of one name: the one in the district that was said, or beside the landmark that was. */
function meantOf(
  exact: readonly StreetMatch[],
  { words = '', near }: Partial,
  context: Context,
): readonly StreetMatch[] {
  if (exact.length < 2) return exact;
  const said = plain(words).split(' ');
  const there = exact.filter(({ street }) => said.includes(plain(street.locality)));
  if (there.length > 0) return there;
  const [mark] = near ? landmarksNamed(undefined, near, context).filter(({ score }) => score > PART) : [];
  return mark ? nearestOf(exact, mark.position, context) : exact;
}

/** One that lies at most half as far away as the next. */
function nearestOf(exact: readonly StreetMatch[], position: Position, context: Context): readonly StreetMatch[] {
  const metres = ({ street }: StreetMatch): number => metresTo(street, position, context) ?? Number.POSITIVE_INFINITY;
  const sorted = exact.map((match) => ({ match, metres: metres(match) })).toSorted((a, b) => a.metres - b.metres);
  const [first, second] = sorted;
  return first && second && first.metres * 2 <= second.metres ? [first.match] : exact;
}

/** The gazetteer does not answer: the words alone are taken, and a person finds the place. */
function unverified({ words = '', postcode }: Partial): Read {
  return value({ line: words, words, ...(postcode && { postcode }) }, 'said');
}

/** Where no street's point is beside a postcode's, those within this are offered. */
const AROUND_METRES = 400;

function byPostcode(postcode: string, partial: Partial, given: Given, context: Context): Read {
  const at = postcodeAt(postcode, context);
  if (at === undefined) return unverified(partial);
  if (at.in === 'elsewhere') return { invalid: elsewhere(at) };
  const beside = nearbyStreets(at.position, context);
  const streets = beside.length > 0 ? beside : nearbyStreets(at.position, context, AROUND_METRES);
  const [only] = beside;
  // A postcode alone is a stretch of road: where on it is still asked.
  if (only && streets.length === 1) return located({ ...partial, street: only }, given, context, true);
  if (only && context.streetIsEnough) return somewhereOn(only, partial, context);
  return streets.length > 0 ? offer(partial, streets) : asking(partial, says.whichStreetAt(postcode));
}

/** A number, a postcode of it, or a landmark decides where on the street; a number is looked up for its position. */
function located(partial: Partial, given: Given, context: Context, isPostcodeAll = false): Read {
  const { street, number, postcode, near } = partial;
  if (!street) return UNREAD;
  if (number) return finish(street, partial, number, undefined, context);
  const spot = postcode && !isPostcodeAll ? postcodeAt(postcode, context) : undefined;
  if (postcode && spot?.in === 'borough' && isAlong(street, spot.position, context))
    return finish({ ...street, position: spot.position }, partial, undefined, postcode, context);
  if (near) return finish(besides(street, near, context), partial, undefined, near, context);
  if (context.streetIsEnough) return somewhereOn(street, partial, context);
  return askWhere({ ...partial, words: partial.words ?? given.understanding.text }, street);
}

/** Where a known landmark stands beside the street, its position is the better one. */
function besides(street: KnownStreet, near: string, context: Context): KnownStreet {
  const [mark] = landmarksNamed(undefined, near, context, street.position).filter(({ score }) => score > PART);
  return mark && isAlong(street, mark.position, context) ? { ...street, position: mark.position } : street;
}

function where(street: KnownStreet, before: Partial, given: Given, context: Context): Read {
  const text = given.understanding.text.trim();
  const partial = { ...without(before), words: join(before.words, text) };
  if (given.dontKnow || given.chosen === 'dont-know') return finish(street, partial, undefined, undefined, context);
  const number = entity(given, 'house-number', 'number');
  if (number && text.length <= number.length + 16) return finish(street, partial, number, undefined, context);
  if (!isName(text.slice(0, 60))) return UNREAD;
  const near = text.slice(0, 100);
  return finish(besides(street, near, context), partial, number, near, context);
}

/** Where on it does not matter: its postcode's position, where that was given, else the street's own. */
function somewhereOn(street: KnownStreet, partial: Partial, context: Context): Read {
  const spot = partial.postcode ? postcodeAt(partial.postcode, context) : undefined;
  const at = spot?.in === 'borough' ? { ...street, position: spot.position } : street;
  return finish(at, partial, undefined, undefined, context);
}

function askWhere(partial: Partial, street: KnownStreet): Read {
  return asking({ ...without(partial), street }, says.where(street.name));
}

function finish(
  street: KnownStreet,
  { postcode: said, words = '' }: Partial,
  number: string | undefined,
  near: string | undefined,
  context: Context,
): Read {
  const at = number ? houseOf(street.name, number, context) : undefined;
  const line = near ? `${street.name}, ${near}` : number ? `${number} ${street.name}` : street.name;
  const postcode = at?.postcode ?? said;
  return value(
    {
      line,
      words,
      street: slim(street),
      position: at?.position ?? street.position,
      ...(postcode && { postcode }),
      ...(number && { number }),
      ...(near && { near }),
    },
    'verified',
  );
}

const value = (place: Place, source: 'said' | 'verified'): Read => ({ value: place as unknown as Json, source });

function offer(partial: Partial, streets: readonly KnownStreet[], say?: Say): Read {
  const offered = streets.slice(0, 4);
  return asking({ ...without(partial), streets: offered }, says.streetChoices(offered, say));
}
