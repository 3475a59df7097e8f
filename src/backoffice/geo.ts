import type { Position } from '../conversation/ports';

const EARTH_RADIUS_M = 6_371_000;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Great-circle distance in metres (haversine). */
export function metresBetween(a: Position, b: Position): number {
  const h =
    Math.sin(radians(b.lat - a.lat) / 2) ** 2 +
    Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(radians(b.lon - a.lon) / 2) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.sqrt(h));
}

/** The smallest box of degrees that holds every point within `metres`. */
export function boxAround(
  centre: Position,
  metres: number,
): { south: number; north: number; west: number; east: number } {
  const lat = (metres / EARTH_RADIUS_M) * (180 / Math.PI);
  const lon = lat / Math.cos(radians(centre.lat));
  return { south: centre.lat - lat, north: centre.lat + lat, west: centre.lon - lon, east: centre.lon + lon };
}
