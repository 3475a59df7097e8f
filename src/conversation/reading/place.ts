import { narrowed } from './addressLists';
import { halfPostcode, isName, onlyPlate } from './oddAnswers';
import { junctionOf } from './placeJunction';
import { byLandmark, landmarkPlace } from './placeLandmarks';
import {
  bareNumber,
  type KnownStreet,
  landmarksNamed,
  landmarkWords,
  PART,
  type Partial,
  streetsNamed,
} from './placeLookups';
import { atPosition } from './placePosition';
import * as says from './placeSays';
import { besides, byName, byPostcode, finish, located, onStretch, without } from './placeStreets';
import {
  asking,
  type Context,
  chosenOf,
  entity,
  type Given,
  isBareYesOrNo,
  type Read,
  saysSame,
  UNREAD,
} from './reading';

/** A street and where on it: number, landmark, junction, postcode; or a landmark or a shared position alone. */
export function readPlace(given: Given, context: Context): Read {
  const before = (context.partial ?? {}) as unknown as Partial;
  const position = given.position ?? given.understanding.position;
  if (position) return atPosition(position, given.understanding.text, context);
  const picked = pick(given, before, context);
  if (picked) return picked;
  // No street is called "I don't know".
  if (isBareYesOrNo(given) || (given.dontKnow && !before.street)) return UNREAD;
  if (saysSame(given, context, 'place')) return asBefore(context);
  const named = streetsNamed(given);
  if (before.street && given.whole) {
    const [other] = named.filter((name) => name !== before.street?.name);
    const corner = other && !given.correcting && junctionOf([before.street.name, other], before.words ?? '', context);
    if (corner) return corner;
    if (!other) return where(before.street, before, given, context);
  }
  // "outside number 4" beside another answer is on the street named before.
  if (before.street && named.length === 0 && tellsPart(given, context))
    return partOf(before.street, before, given, context);
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
  const chosen = chosenOf(given, before.say);
  if (chosen === 'none') return { invalid: { text: 'common:place.again' } };
  const words = given.understanding.text;
  const byId = before.streets?.find(({ id }) => `street:${id}` === chosen);
  const typed = before.streets?.map((street) => ({ street, line: `${street.name} ${street.locality}` })) ?? [];
  const fitting = given.whole && !byId ? narrowed(typed, words) : [];
  const street = byId ?? (fitting.length === 1 ? fitting[0]?.street : undefined);
  if (street) return located({ ...without(before), street }, given, context);
  const landmark = before.landmarks?.find(({ id }) => `mark:${id}` === chosen);
  return landmark && landmarkPlace(landmark, before.words ?? words, context);
}

const join = (one: string | undefined, two: string): string => [one, two].filter(Boolean).join(' / ').slice(0, 500);

/** What the message adds to what is known. */
function gathered(before: Partial, given: Given, context: Context): Partial {
  const { postcode: postcodeBefore, number: numberBefore, near: nearBefore, words, named } = before;
  const postcode = entity(given, 'postcode') ?? postcodeBefore;
  const number = entity(given, 'house-number') ?? bareNumber(given, context) ?? numberBefore;
  const near = landmarkWords(given, context) ?? nearBefore;
  return {
    words: join(words, given.understanding.text),
    ...(postcode && { postcode }),
    ...(number && { number }),
    ...(near && { near }),
    ...(named && { named }),
  };
}

function fromWords(partial: Partial, named: readonly string[], given: Given, context: Context): Read {
  const text = given.understanding.text;
  const joins = named.length > 1 && (context.known.isJunction?.(text) ?? false);
  if (joins) return junctionOf(named, text, context) ?? byName(named[0] ?? '', partial, given, context);
  const name = named[0] ?? (entity(given, 'postcode') && partial.named);
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

function partOf(street: KnownStreet, before: Partial, given: Given, context: Context): Read {
  const { words, number, near } = gathered(before, given, context);
  return finish(near ? besides(street, near, context) : street, { words: words ?? '' }, number, near, context);
}

const tellsPart = (given: Given, context: Context): boolean =>
  (entity(given, 'house-number') ?? bareNumber(given, context) ?? landmarkWords(given, context)) !== undefined;

/** "outside 12" and "by the shop" tell where on a street that is still to be named. */
function partOnly({ number, near, words = '' }: Partial, given: Given, context: Context): Read {
  if (!tellsPart(given, context) && near === undefined) return UNREAD;
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

function where(street: KnownStreet, before: Partial, given: Given, context: Context): Read {
  const text = given.understanding.text.trim();
  const partial = { ...without(before), words: join(before.words, text) };
  if (given.dontKnow || given.chosen === 'dont-know') return finish(street, partial, undefined, undefined, context);
  const postcode = entity(given, 'postcode');
  if (postcode) return onStretch(street, partial, postcode, context);
  const number = entity(given, 'house-number', 'number');
  if (number && text.length <= number.length + 16) return finish(street, partial, number, undefined, context);
  if (!isName(text.slice(0, 60))) return UNREAD;
  const near = text.slice(0, 100);
  return finish(besides(street, near, context), partial, number, near, context);
}
