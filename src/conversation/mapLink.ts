import type { Position } from './ports';

/**
 * A position pasted as a link of a map: Google, OpenStreetMap, Apple, Bing, a `geo:` address; or as bare coordinates. Nothing is fetched:
 * a short link (`maps.app.goo.gl/…`) and what3words hold no position that could be read.
 */
export interface MapLink {
  readonly position: Position;
  /** The message without the link. */
  readonly text: string;
}

const MAP_HOST = /(?:^|\.)(?:google\.[a-z.]{2,6}|openstreetmap\.org|osm\.org|apple\.com|bing\.com)$/;
const LINK = /(?:https?:\/\/|geo:)\S{1,2000}/gi;
/** A full stop after a link ends the sentence. */
const AFTER = /[.,;!?)]{1,9}$/;
const PAIR = String.raw`(-?\d{1,3}\.\d{1,20})`;

/** The most telling first: Google's pin, OpenStreetMap's marker, then what was searched for, then the middle of the map. */
const FORMS: readonly RegExp[] = [
  new RegExp(`!3d${PAIR}!4d${PAIR}`),
  new RegExp(`[?&]mlat=${PAIR}&mlon=${PAIR}`),
  new RegExp(`[?&](?:q|query|ll|sll|coordinate|destination|daddr)=(?:loc:)?${PAIR},\\+?${PAIR}`),
  new RegExp(`[?&]cp=${PAIR}~${PAIR}`),
  new RegExp(`/(?:place|search|dir)/${PAIR},\\+?${PAIR}`),
  new RegExp(`^geo:${PAIR},${PAIR}`, 'i'),
  new RegExp(`@${PAIR},${PAIR}`),
  new RegExp(`#map=\\d{1,2}(?:\\.\\d+)?/${PAIR}/${PAIR}`),
];

/** Enough digits to mean a place: 11 metres or better. */
const COORDINATES = /(?<![\d.])(-?\d{1,2}\.\d{4,15})\s?[,;]?\s(-?\d{1,3}\.\d{4,15})(?![\d.])/;

export function readMapLink(text: string): MapLink | undefined {
  for (const [words] of text.matchAll(LINK)) {
    const link = words.replace(AFTER, '');
    const position = isMap(link) ? positionIn(link) : undefined;
    if (position) return { position, text: without(text, link) };
  }
  const bare = COORDINATES.exec(text);
  const position = bare && positionOf(bare[1], bare[2]);
  return position ? { position, text: without(text, bare[0]) } : undefined;
}

function isMap(link: string): boolean {
  if (link.slice(0, 4).toLowerCase() === 'geo:') return true;
  return URL.canParse(link) && MAP_HOST.test(new URL(link).hostname);
}

function positionIn(link: string): Position | undefined {
  const plain = link.replaceAll(/%2c/gi, ',').replaceAll(/%20|\s/gi, '+');
  const found = FORMS.map((form) => form.exec(plain)).find((match) => match !== null);
  return found ? positionOf(found[1], found[2]) : undefined;
}

function positionOf(north: string | undefined, east: string | undefined): Position | undefined {
  const [lat, lon] = [Number(north), Number(east)];
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : undefined;
}

const without = (text: string, part: string): string => text.replace(part, ' ').replaceAll(/\s+/g, ' ').trim();
