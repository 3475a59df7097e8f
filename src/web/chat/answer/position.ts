import type { Outgoing } from '../protocol';

export interface Point {
  readonly lat: number;
  readonly lon: number;
}

/** Coarser than this, a position is shown on the map to be corrected. */
export const ROUGH_METRES = 100;
/** A phone that has just been woken takes a while. */
export const LOCATING = { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 };

/** Key of the text for a `GeolocationPositionError`: refused, or not to be had. */
export const positionFailure = ({ code }: { readonly code: number }): string =>
  code === 1 ? 'positionDenied' : 'positionFailed';

/** A position as the assistant takes it. `name` is what the page shows: the assistant knows it for no words of the resident. */
export function positionMessage({ lat, lon }: Point, name: string): Outgoing['activity'] {
  const entity = { type: 'GeoCoordinates', latitude: metreWise(lat), longitude: metreWise(lon), name };
  return { type: 'message', text: name, entities: [entity] };
}

/** Five places after the point are about a metre. */
const metreWise = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;
