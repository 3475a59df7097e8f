import turfBbox from '@turf/bbox';
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { z } from 'zod';
import type { NewRow } from '../storage/schema';
import { ImportError, type ImportFile, shortened } from './imports/table';
import { comparable } from './streetNames';
import { Geometry, type LineProperties, SHAPES, type SuspensionProperties, type ZoneProperties } from './zoneShapes';

export interface ZoneRows {
  readonly zones: readonly NewRow<'zones'>[];
  readonly lines: readonly NewRow<'yellow_lines'>[];
  readonly suspensions: readonly NewRow<'suspensions'>[];
}

const Collection = z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) });
const Head = z.object({
  type: z.literal('Feature', 'must be "Feature"'),
  geometry: z.looseObject({ type: z.string() }).nullable(),
  properties: z.looseObject({ kind: z.string().optional() }),
});

/** What a feature without `kind` is. */
const KIND_OF: Readonly<Record<string, string>> = { Polygon: 'zone', MultiPolygon: 'zone' };
/** A borough's zones with every corner of every street are a tenth of this. */
const MOST_CHARACTERS = 64_000_000;

type Path = readonly PropertyKey[];
interface Wrong {
  readonly path: Path;
  readonly message: string;
}

/**
 * Reads parking zones from GeoJSON (RFC 7946): a FeatureCollection of zones (Polygon or MultiPolygon), yellow lines (LineString or
 * MultiLineString, `kind` `single-yellow` or `double-yellow`) and suspensions (`kind` `suspension`, any or no geometry). Their properties
 * are those of `zoneShapes.ts`; others are left aside.
 * @throws ImportError with line and number of each feature that is wrong, at most 20
 */
export function readZones(file: ImportFile): ZoneRows {
  const tree = treeOf(file);
  const json: unknown = JSON.parse(file.text.replace(/^\uFEFF/, ''));
  const wrongs: Wrong[] = [];
  const rows = rowsOf(json, wrongs);
  if (wrongs.length === 0 && rows.zones.length === 0) wrongs.push({ path: [], message: 'holds no zone' });
  if (wrongs.length === 0) return rows;
  const lineOf = liner(file.text, tree);
  throw new ImportError(shortened(wrongs, (wrong) => `${file.name}:${lineOf(wrong.path)}: ${told(wrong)}`));
}

function treeOf(file: ImportFile): Node {
  if (file.text.length > MOST_CHARACTERS) throw new ImportError([`${file.name}: is larger than 64 MB`]);
  const text = file.text.replace(/^\uFEFF/, '');
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true });
  const [first] = errors;
  if (first)
    throw new ImportError([
      `${file.name}:${lineAt(newlines(text), first.offset)}: is no JSON (${printParseErrorCode(first.error)})`,
    ]);
  if (!tree) throw new ImportError([`${file.name}: is empty`]);
  return tree;
}

function rowsOf(json: unknown, wrongs: Wrong[]): ZoneRows {
  const collection = checked(Collection, json, [], wrongs);
  const features = (collection?.features ?? []).map((feature, at) => readFeature(feature, ['features', at], wrongs));
  const zones = features.flatMap((feature) => (feature && 'zone' in feature ? [feature.zone] : []));
  const seen = new Map<string, number>();
  features.forEach((feature, at) => {
    if (!feature || !('zone' in feature)) return;
    const first = seen.get(feature.zone.id);
    if (first !== undefined)
      wrongs.push({ path: ['features', at, 'properties', 'id'], message: `the same as in feature ${first + 1}` });
    else seen.set(feature.zone.id, at);
  });
  return {
    zones,
    lines: features.flatMap((feature) => (feature && 'line' in feature ? [feature.line] : [])),
    suspensions: features.flatMap((feature) => (feature && 'suspensions' in feature ? feature.suspensions : [])),
  };
}

type FeatureRows =
  | { readonly zone: NewRow<'zones'>; readonly suspensions: readonly NewRow<'suspensions'>[] }
  | { readonly line: NewRow<'yellow_lines'> }
  | { readonly suspensions: readonly NewRow<'suspensions'>[] };

function readFeature(feature: unknown, path: Path, wrongs: Wrong[]): FeatureRows | undefined {
  const head = checked(Head, feature, path, wrongs);
  if (!head) return undefined;
  const kind = head.properties.kind ?? KIND_OF[head.geometry?.type ?? ''] ?? '';
  switch (kind) {
    case 'zone': {
      const geometry = checked(Geometry.zone, head.geometry, [...path, 'geometry'], wrongs);
      const properties = checked(SHAPES.zone, head.properties, [...path, 'properties'], wrongs);
      return geometry && properties && zoneRow(properties, geometry);
    }
    case 'single-yellow':
    case 'double-yellow': {
      const geometry = checked(Geometry.line, head.geometry, [...path, 'geometry'], wrongs);
      const properties = checked(SHAPES[kind], head.properties, [...path, 'properties'], wrongs);
      return geometry && properties && { line: lineRow(properties, kind === 'single-yellow' ? 'single' : 'double') };
    }
    case 'suspension': {
      const properties = checked(SHAPES.suspension, head.properties, [...path, 'properties'], wrongs);
      return properties && { suspensions: [suspensionRow(properties)] };
    }
    default:
      wrongs.push({
        path: [...path, 'properties', 'kind'],
        message: 'must be "zone", "single-yellow", "double-yellow" or "suspension"',
      });
      return undefined;
  }
}

function checked<T>(schema: z.ZodType<T>, value: unknown, path: Path, wrongs: Wrong[]): T | undefined {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  wrongs.push(...parsed.error.issues.map((issue) => ({ path: [...path, ...issue.path], message: issue.message })));
  return undefined;
}

function zoneRow(properties: ZoneProperties, geometry: z.infer<typeof Geometry.zone>): FeatureRows {
  const { id, name, hours, bankHolidays, visitors, suspensions } = properties;
  const [west, south, east, north] = turfBbox(geometry);
  const zone = {
    id,
    name,
    hours: JSON.stringify(hours),
    on_bank_holidays: Number(bankHolidays),
    visitors: visitors ? JSON.stringify(visitors) : null,
    geometry: JSON.stringify(geometry),
    ...{ south, west, north, east },
  };
  return { zone, suspensions: suspensions.map(suspensionRow) };
}

const streetKey = ({ street, locality }: { readonly street: string; readonly locality?: string | undefined }) => ({
  street: comparable(street),
  locality: locality ?? null,
});

const lineRow = (properties: LineProperties, kind: 'single' | 'double'): NewRow<'yellow_lines'> => ({
  ...streetKey(properties),
  kind,
  hours: JSON.stringify(properties.hours),
  on_bank_holidays: Number(properties.bankHolidays),
  no_loading: Number(properties.noLoading),
});

const suspensionRow = (properties: SuspensionProperties): NewRow<'suspensions'> => ({
  ...streetKey(properties),
  first_day: properties.from,
  last_day: properties.until,
  reason: properties.reason ?? null,
});

/** "feature 3: properties.hours.mon: must be a time": counted from 1, as people count. */
function told({ path, message }: Wrong): string {
  const [, at, ...rest] = path;
  const where = path[0] === 'features' && typeof at === 'number' ? [`feature ${at + 1}`] : [];
  const inside = (where.length > 0 ? rest : path).map(String).join('.');
  return [...where, ...(inside ? [inside] : []), message].join(': ');
}

const newlines = (text: string): readonly number[] => [...text.matchAll(/\n/g)].map(({ index }) => index);
const lineAt = (breaks: readonly number[], offset: number): number => 1 + breaks.filter((at) => at < offset).length;

/** The line of the innermost part of the file that a path leads to. */
function liner(text: string, tree: Node): (path: Path) => number {
  const breaks = newlines(text.replace(/^\uFEFF/, ''));
  return (path) => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = findNodeAtLocation(tree, path.slice(0, length) as (string | number)[]);
      if (node) return lineAt(breaks, node.offset);
    }
    return 1;
  };
}
