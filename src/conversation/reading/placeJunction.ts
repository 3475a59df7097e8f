import type { Json, Position } from '../ports';
import type { Place } from '../slots';
import { exactly, type KnownStreet, likely, metresTo, slim, streetKept } from './placeLookups';
import type { Context, Read } from './reading';

/** Streets are points in the gazetteer: two that meet can have theirs this far apart, not farther. */
const MEETING_METRES = 3000;

/**
 * Where two streets meet: of streets of one name the pair that lies nearest. The tables hold no shapes, so the middle between the
 * two points stands for it. Undefined: the gazetteer does not have both, or they lie too far apart.
 */
export function junctionOf(names: readonly string[], words: string, context: Context): Read | undefined {
  const [one = '', other = ''] = names;
  const pairs = streetsOf(one, context).flatMap((a) =>
    streetsOf(other, context).map((b) => ({ a, b, metres: metresTo(b, a.position, context) ?? MEETING_METRES })),
  );
  const [nearest] = pairs.toSorted((x, y) => x.metres - y.metres);
  if (!nearest || nearest.metres >= MEETING_METRES) return undefined;
  const { a, b } = nearest;
  const place: Place = {
    line: `${a.name} / ${b.name}`,
    words,
    street: slim(a),
    junction: b.name,
    near: b.name,
    position: between(a.position, b.position),
  };
  return { value: place as unknown as Json, source: 'verified' };
}

const streetsOf = (name: string, context: Context): readonly KnownStreet[] =>
  (likely(name, undefined, context) ?? []).filter(exactly).map(streetKept);

const between = (a: Position, b: Position): Position => ({ lat: (a.lat + b.lat) / 2, lon: (a.lon + b.lon) / 2 });
