import { look } from '../form';
import type { Entity, Json, Position, PostcodeAnswer, Say, StreetMatch } from '../ports';
import type { Place } from '../slots';
import { type Context, entity, type Given, page, type Read, UNREAD } from './reading';

type Street = NonNullable<Place['street']> & { readonly position: Position };

/** What is known of a place before it is decided. */
interface Partial {
  readonly words?: string;
  readonly street?: Street;
  readonly number?: string;
  readonly postcode?: string;
  readonly position?: Position;
  /** Offered for picking. */
  readonly streets?: readonly Street[];
}

const PAGE = 4;
/** Below this a name is no name of a street. */
const LIKELY = 0.6;
const NEAR_METRES = 0.999;

/** A street and where on it: number, landmark, postcode or a shared position. */
export function readPlace(given: Given, context: Context): Read {
  const before = (context.partial ?? {}) as unknown as Partial;
  if (given.position) return atPosition(given.position, given, context);
  if (given.chosen === 'none') return { invalid: { text: 'common:place.again' } };
  const picked = before.streets?.find(({ id }) => `street:${id}` === given.chosen);
  if (picked) return located({ ...without(before), street: picked }, given, context);
  if (before.street && given.whole) return where(before.street, before, given, context);
  const words = given.understanding.text;
  const postcode = entity(given, 'postcode') ?? before.postcode;
  const number = entity(given, 'house-number') ?? numberBeside(given) ?? before.number;
  const name = entity(given, 'street') ?? (given.whole && !entity(given, 'postcode') ? words : undefined);
  const partial: Partial = {
    ...before,
    words: join(before.words, words),
    ...(postcode && { postcode }),
    ...(number && { number }),
  };
  if (name) return byName(name, partial, given, context);
  if (entity(given, 'postcode') && postcode) return byPostcode(postcode, partial, given, context);
  return UNREAD;
}

/** Asks for what is still missing, without a new message. */
export function resumePlace(context: Context): Read {
  const partial = (context.partial ?? {}) as unknown as Partial;
  if (partial.streets) return offer(partial, partial.streets);
  return partial.street ? askWhere(partial, partial.street) : UNREAD;
}

const without = ({ streets: _, ...rest }: Partial): Partial => rest;
const join = (one: string | undefined, two: string): string => [one, two].filter(Boolean).join(' / ').slice(0, 500);

function streetOf({ street }: StreetMatch): Street {
  const { id, name, locality, owner, position } = street;
  return { id, name, locality, owner, position };
}

function byName(name: string, partial: Partial, given: Given, context: Context): Read {
  const spot = partial.postcode ? postcodeAt(partial.postcode, context) : undefined;
  if (spot && 'invalid' in spot) return spot;
  const matches = look(context.known, { need: 'streets', name, ...(spot && { near: spot.position }) });
  const likely = ((matches ?? []) as unknown as readonly StreetMatch[]).filter(({ score }) => score >= LIKELY);
  const exact = likely.filter(({ score }) => score >= NEAR_METRES);
  const [only] = exact;
  if (only && (exact.length === 1 || spot)) return located({ ...partial, street: streetOf(only) }, given, context);
  if (likely.length > 0) return offer(partial, (exact.length > 0 ? exact : likely).map(streetOf));
  if (matches === undefined) return unverified(partial);
  return given.whole ? { invalid: { text: 'common:place.unknown', params: { said: name.slice(0, 60) } } } : UNREAD;
}

/** The gazetteer does not answer: the words alone are taken, and a person finds the place. */
function unverified(partial: Partial): Read {
  const words = partial.words ?? '';
  return value({ line: words, words, ...(partial.postcode && { postcode: partial.postcode }) }, 'said');
}

function postcodeAt(
  postcode: string,
  context: Context,
): { readonly position: Position } | { readonly invalid: Say } | undefined {
  const answer = look(context.known, { need: 'postcode', postcode }) as unknown as PostcodeAnswer | undefined;
  if (answer === undefined) return undefined;
  if (answer.in === 'borough') return { position: answer.position };
  const { authority } = answer;
  const text = authority ? 'common:address.elsewhere' : 'common:address.outside';
  return {
    invalid: {
      text,
      params: { postcode, ...(authority && { authority }) },
      choices: [{ value: 'cmd:stop', label: 'common:choice.stop' }],
    },
  };
}

function byPostcode(postcode: string, partial: Partial, given: Given, context: Context): Read {
  const at = postcodeAt(postcode, context);
  if (at === undefined) return unverified(partial);
  if ('invalid' in at) return at;
  const streets = near(at.position, context);
  const [only] = streets;
  // A postcode alone is a stretch of road: where on it is still asked.
  if (only && streets.length === 1)
    return partial.number ? located({ ...partial, street: only }, given, context) : askWhere(partial, only);
  return streets.length > 0 ? offer(partial, streets) : { invalid: { text: 'common:place.again' } };
}

function near(position: Position, context: Context): readonly Street[] {
  const matches = look(context.known, { need: 'streets-near', position });
  return ((matches ?? []) as unknown as readonly StreetMatch[]).map(streetOf);
}

function atPosition(position: Position, given: Given, context: Context): Read {
  const [street] = near(position, context);
  const words = given.understanding.text;
  if (!street) return { invalid: { text: 'common:place.outside' } };
  return value({ line: street.name, words, street: slim(street), position }, 'verified');
}

/** Letters that may stand between a street and its number: "Mill Street, at number 12". */
const BESIDE = 16;

/** A bare number is one of a house where it stands beside the street's name. */
function numberBeside({ understanding: { entities } }: Given): string | undefined {
  const street = entities.find(({ kind }) => kind === 'street');
  const beside = ({ kind, start, end }: Entity): boolean =>
    kind === 'number' && street !== undefined && start >= street.end && end - street.end <= BESIDE;
  return entities.find(beside)?.value;
}

/** "opposite the church", unless it is but the street or a postcode again: "near Mill Street". */
function landmarkIn({ understanding: { text, entities } }: Given, { known }: Context): string | undefined {
  const landmark = known.landmarkIn?.(text);
  const names = entities.filter(({ kind }) => kind === 'street' || kind === 'postcode');
  return names.some((entity) => landmark?.includes(entity.text)) ? undefined : landmark;
}

/** A number, a postcode of it, or a landmark decides where on the street; a number is looked up for its position. */
function located(partial: Partial, given: Given, context: Context): Read {
  const { street, number, postcode } = partial;
  if (!street) return UNREAD;
  if (number) return finish(street, partial, number, undefined, context);
  const spot = postcode ? postcodeAt(postcode, context) : undefined;
  if (spot && 'position' in spot && isAlong(street, spot.position, context))
    return finish({ ...street, position: spot.position }, partial, undefined, postcode, context);
  const landmark = landmarkIn(given, context);
  if (landmark) return finish(street, partial, undefined, landmark, context);
  return askWhere({ ...partial, words: partial.words ?? given.understanding.text }, street);
}

/** A street is one point in the gazetteer, and roads are long: a postcode this near is taken for a stretch of it. */
const LONG_ROAD_METRES = 500;

function isAlong(street: Street, position: Position, { known }: Context): boolean {
  const matches = look(known, { need: 'streets', name: street.name, near: position });
  const named = ((matches ?? []) as unknown as readonly StreetMatch[]).find((match) => match.street.id === street.id);
  return named?.metres !== undefined && named.metres <= LONG_ROAD_METRES;
}

function where(street: Street, before: Partial, given: Given, context: Context): Read {
  const partial = { ...before, words: join(before.words, given.understanding.text) };
  if (given.dontKnow || given.chosen === 'dont-know') return finish(street, partial, undefined, undefined, context);
  const number = entity(given, 'house-number', 'number');
  const bare = given.understanding.text.trim();
  if (number && bare.length <= number.length + 16) return finish(street, partial, number, undefined, context);
  return bare === '' ? UNREAD : finish(street, partial, number, bare.slice(0, 100), context);
}

function askWhere(partial: Partial, street: Street): Read {
  const choices = [{ value: 'dont-know', label: 'common:choice.dontKnow' }] as const;
  return asking(
    { ...without(partial), street },
    { text: 'common:place.where', params: { street: street.name }, choices },
  );
}

function finish(
  street: Street,
  partial: Partial,
  number: string | undefined,
  landmark: string | undefined,
  context: Context,
): Read {
  const house = number ? look(context.known, { need: 'addresses', query: { street: street.name, number } }) : undefined;
  const [at] = (house ?? []) as unknown as readonly { readonly position: Position; readonly postcode: string }[];
  const line = landmark ? `${street.name}, ${landmark}` : number ? `${number} ${street.name}` : street.name;
  const postcode = at?.postcode ?? partial.postcode;
  const words = partial.words ?? '';
  return value(
    {
      line,
      words,
      street: slim(street),
      position: at?.position ?? street.position,
      ...(postcode && { postcode }),
      ...(number && { number }),
      ...(landmark && { near: landmark }),
    },
    'verified',
  );
}

const slim = ({ id, name, locality, owner }: Street): NonNullable<Place['street']> => ({ id, name, locality, owner });
const value = (place: Place, source: 'said' | 'verified'): Read => ({ value: place as unknown as Json, source });
const asking = (partial: Partial, say: Say): Read => ({ partial: partial as unknown as Json, say });

function offer(partial: Partial, streets: readonly Street[]): Read {
  const choices = page(streets, 0, PAGE, ({ id, name, locality }) => ({
    value: `street:${id}`,
    label: { words: `${name}, ${locality}` },
  }));
  return asking(
    { ...partial, streets: streets.slice(0, PAGE) },
    { text: 'common:place.pick', choices: choices.filter(({ value }) => value !== 'more') },
  );
}
