import { plain } from '../commands';
import type { Json, Position, Say, StreetMatch } from '../ports';
import type { Place } from '../slots';
import {
  exactly,
  houseOf,
  isAlong,
  type KnownStreet,
  landmarksNamed,
  likely,
  metresTo,
  nearbyStreets,
  PART,
  type Partial,
  postcodeAt,
  slim,
  streetKept,
} from './placeLookups';
import * as says from './placeSays';
import { asking, type Context, elsewhere, entity, type Given, type Read, UNREAD } from './reading';

/** From a street's name or a postcode to a place on a street. */

export const without = ({ streets: _s, landmarks: _l, say: _y, ...rest }: Partial): Partial => rest;

/** @param name as the gazetteer spells it, or as the resident does */
export function byName(name: string, partial: Partial, given: Given, context: Context): Read {
  const spot = partial.postcode ? postcodeAt(partial.postcode, context) : undefined;
  if (spot?.in === 'elsewhere') {
    const { postcode: _, ...keep } = partial;
    return { invalid: elsewhere(spot), keep: { ...keep, named: name } as unknown as Json };
  }
  const matches = likely(name, spot?.position, context);
  if (matches === undefined) return unverified(partial);
  const exact = meantOf(matches.filter(exactly), partial, context);
  const [only] = exact;
  if (only && (exact.length === 1 || spot)) return located({ ...partial, street: streetKept(only) }, given, context);
  if (exact.length > 0) return offer(partial, exact.map(streetKept));
  if (matches.length > 0) return offer(partial, matches.map(streetKept), says.alike(name, matches.length, context));
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

export function byPostcode(postcode: string, partial: Partial, given: Given, context: Context): Read {
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
export function located(partial: Partial, given: Given, context: Context, isPostcodeAll = false): Read {
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

/** A postcode of the street decides where on it. */
export function onStretch(street: KnownStreet, partial: Partial, postcode: string, context: Context): Read {
  const spot = postcodeAt(postcode, context);
  if (spot?.in === 'elsewhere') return { invalid: elsewhere(spot), keep: { ...partial, street } as unknown as Json };
  const isThere = spot !== undefined && isAlong(street, spot.position, context);
  const at = isThere ? { ...street, position: spot.position } : street;
  return finish(at, { ...partial, postcode }, undefined, postcode, context);
}

/** Where a known landmark stands beside the street, its position is the better one. */
export function besides(street: KnownStreet, near: string, context: Context): KnownStreet {
  const [mark] = landmarksNamed(undefined, near, context, street.position).filter(({ score }) => score > PART);
  return mark && isAlong(street, mark.position, context) ? { ...street, position: mark.position } : street;
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

export function finish(
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
