import { look } from '../form';
import type { Json, Position } from '../ports';
import type { Place } from '../slots';
import { near, slim, streetKept } from './placeLookups';
import * as says from './placeSays';
import { asking, type Context, type Read } from './reading';

/** Streets farther from a point outside are nothing the resident meant. */
const OUTSIDE_METRES = 1000;
/** Within the borough a long road's one point may lie this far away. */
const INSIDE_METRES = 600;

interface NearPostcode {
  readonly postcode: string;
  readonly metres: number;
  readonly authority?: string;
}

/** A position shared from a phone. One outside is told whose area it is in, if known, and how far our nearest street is. */
export function atPosition(position: Position, words: string, { known }: Context): Read {
  const [street] = near(position, known);
  const around = look(known, { need: 'postcode-near', position }) as unknown as NearPostcode | null | undefined;
  const isTheirs = around?.authority !== undefined && around.metres < (street?.metres ?? Number.POSITIVE_INFINITY);
  if (street && !isTheirs)
    return value({ line: street.street.name, words, street: slim(streetKept(street)), position });
  const isOurs = around && around.authority === undefined;
  if (isOurs) return within(position, words, around.postcode, known);
  const [nearest] = near(position, known, OUTSIDE_METRES);
  if (!nearest) return { invalid: { text: 'common:place.outside' } };
  const own = streetKept(nearest);
  return asking({ words, streets: [own] }, says.outsideNear(own, nearest.metres ?? 0, around?.authority));
}

/** In the borough, but no street's point is beside it: the position decides, the street's name only helps to find it. */
function within(position: Position, words: string, postcode: string, known: Context['known']): Read {
  const [nearest] = near(position, known, INSIDE_METRES);
  const name = nearest?.street.name;
  return value({
    line: [name, postcode].filter(Boolean).join(', '),
    words,
    postcode,
    position,
    ...(name && { landmark: name }),
  });
}

const value = (place: Place): Read => ({ value: place as unknown as Json, source: 'verified' });
