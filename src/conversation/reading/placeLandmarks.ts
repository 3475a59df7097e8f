import type { Json } from '../ports';
import type { Place } from '../slots';
import { type KnownLandmark, nearbyStreets, type Partial, slim } from './placeLookups';
import * as says from './placeSays';
import { asking, type Context, MOST, type Read } from './reading';

/** A street whose point is this near a landmark is the one it stands on, as far as can be told. */
const BESIDE_METRES = 80;
/** Near enough to tell two of one name apart. */
const LABEL_METRES = 400;

/** One landmark is a place; several of a name, or several stations where "the station" was said, are asked about. */
export function byLandmark(found: readonly KnownLandmark[], partial: Partial, context: Context): Read {
  const best = Math.max(...found.map(({ score }) => score));
  const meant = found.filter(({ score }) => score === best);
  const [only] = meant;
  if (only && meant.length === 1) return landmarkPlace(only, partial.words ?? '', context);
  if (meant.length > MOST) return asking(partial, says.whichStreet(undefined, partial.near));
  const offered = meant.map((mark) => ({
    mark,
    street: nearbyStreets(mark.position, context, LABEL_METRES)[0]?.name,
  }));
  return asking({ ...partial, landmarks: meant }, says.whichLandmark(offered));
}

/** "near Wandlebridge Station, Station Parade": the landmark's position, and the nearest street if there is one beside it. */
export function landmarkPlace(mark: KnownLandmark, words: string, context: Context): Read {
  const [street] = nearbyStreets(mark.position, context, BESIDE_METRES);
  const place: Place = {
    line: [mark.name, street?.name].filter(Boolean).join(', '),
    words,
    ...(street && { street: slim(street) }),
    landmark: mark.name,
    near: mark.name,
    position: mark.position,
  };
  return { value: place as unknown as Json, source: 'verified' };
}
