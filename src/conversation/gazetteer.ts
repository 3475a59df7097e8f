import type { Position } from './values';

/** Addresses, streets and landmarks of the borough, and who looks after its land. */

export interface Address {
  readonly uprn: string;
  /** "10 Sample Road", "Flat 3, The Limes, Sample Road": no postcode. */
  readonly line: string;
  /** House number or name: `10`, `14a`, `The Limes`. */
  readonly number: string;
  readonly flat?: string;
  readonly street: string;
  readonly postcode: string;
  readonly ward: string;
  readonly position: Position;
  readonly kind: 'house' | 'flat' | 'above-shop' | 'commercial';
  /** Flats that share bins: the id of their shared store. */
  readonly sharedStore?: string;
  /** Controlled parking zone, if the address is in one. */
  readonly zone?: string;
}

export interface Street {
  readonly id: string;
  readonly name: string;
  /** Tells two streets of one name apart: outward code or district. */
  readonly locality: string;
  readonly position: Position;
  /** Who looks after the carriageway. */
  readonly owner: RoadOwner;
}

/** `council`; `tfl`: red route, Transport for London; `private`: not adopted; `park`: land of another body, named in `body`. */
export interface RoadOwner {
  readonly kind: 'council' | 'tfl' | 'private' | 'park';
  readonly body?: string;
}

export type PostcodeAnswer =
  | { readonly in: 'borough'; readonly postcode: string; readonly position: Position; readonly ward: string }
  /** A real postcode shape that is not one of the council's; `authority` where known. */
  | { readonly in: 'elsewhere'; readonly postcode: string; readonly authority?: string };

export interface AddressQuery {
  readonly postcode?: string;
  readonly street?: string;
  /** House number or name. */
  readonly number?: string;
  readonly flat?: string;
  /** The resident's words, matched against lines when the parts above do not decide. */
  readonly words?: string;
}

export interface StreetMatch {
  readonly street: Street;
  /** 0…1; 1 is the exact name. */
  readonly score: number;
  /** Metres from `near`, where given. */
  readonly metres?: number;
}

/** Something that people say a place is near: a station, a school, a park. */
export interface Landmark {
  readonly id: string;
  readonly name: string;
  readonly position: Position;
}

export interface LandmarkMatch {
  readonly landmark: Landmark;
  /** 0…1; 1 is the exact name, 0.5 a part of it: "the station". */
  readonly score: number;
  /** Metres from `near`, where given. */
  readonly metres?: number;
}

export interface Gazetteer {
  postcode(postcode: string): Promise<PostcodeAnswer>;
  /** Every address that fits all the parts given, in order of number; at most `limit` (default 100). */
  findAddresses(query: AddressQuery, limit?: number): Promise<readonly Address[]>;
  address(uprn: string): Promise<Address | undefined>;
  /** Streets by (perhaps misspelt) name, best first; nearer ones first among equals when `near` is given. */
  findStreets(query: {
    readonly name: string;
    readonly near?: Position;
    readonly limit?: number;
  }): Promise<readonly StreetMatch[]>;
  /** Streets within `metres`, nearest first. */
  streetsNear(position: Position, metres: number): Promise<readonly StreetMatch[]>;
  /** Landmarks that some words name, perhaps misspelt or in part, best first; nearer ones first among equals when `near` is given. */
  findLandmarks(query: {
    readonly words: string;
    readonly near?: Position;
    readonly limit?: number;
  }): Promise<readonly LandmarkMatch[]>;
  /** The nearest known postcode within `metres`, the council's own or a neighbour's. */
  postcodeNear(
    position: Position,
    metres: number,
  ): Promise<{ readonly postcode: string; readonly metres: number; readonly authority?: string } | undefined>;
  /** Who owns the land or road at a position, given the street if known. */
  ownerAt(position: Position, streetId?: string): Promise<RoadOwner>;
  /** All street names, for the recogniser. */
  streetNames(): Promise<readonly string[]>;
}
