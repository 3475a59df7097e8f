import type { z } from 'zod';
import type { Settings, SettingsFile } from './settings';

/**
 * What a council decides for one service alone (its items, prices, places, opening hours): `services.<id>` in the settings file, each
 * value with owner, source and dates like any other. The service says what it needs; the boot check compares.
 */
export interface Content<T> {
  readonly shape: Readonly<Record<keyof T & string, z.ZodType>>;
  /** What holds on the day of the settings; a value out of its dates is undefined. */
  readonly of: (settings: Settings) => { readonly [K in keyof T]: T[K] | undefined };
}

/** @param id the service's id */
export function serviceContent<const S extends Readonly<Record<string, z.ZodType>>>(
  id: string,
  shape: S,
): Content<{ readonly [K in keyof S]: z.infer<S[K]> }> {
  return { shape, of: (settings) => (settings.services[id] ?? {}) as never };
}

interface Needs {
  readonly id: string;
  readonly content?: { readonly shape: Readonly<Record<string, z.ZodType>> };
}

/** One line for everything that services need and the file lacks or has wrong, and for what no service knows. */
export function checkContent(services: readonly Needs[], file: SettingsFile): readonly string[] {
  const shapes = new Map(services.map(({ id, content }) => [id, content?.shape ?? {}]));
  const missing = services.flatMap(({ id, content }) => missingIn(id, content?.shape ?? {}, file));
  const unknown = Object.entries(file.services).flatMap(([id, values]) =>
    Object.keys(values)
      .filter((key) => !shapes.get(id)?.[key])
      .map((key) => `services.${id}.${key}: no service reads this`),
  );
  return [...missing, ...unknown];
}

function missingIn(id: string, shape: Readonly<Record<string, z.ZodType>>, file: SettingsFile): readonly string[] {
  return Object.entries(shape).flatMap(([key, schema]) => {
    const entry = file.services[id]?.[key];
    if (!entry) return [`services.${id}.${key}: is missing`];
    const parsed = schema.safeParse(entry.value);
    if (parsed.success) return [];
    return parsed.error.issues.map(
      ({ path, message }) =>
        `services.${id}.${key}.value${path.map((part) => `.${String(part)}`).join('')}: ${message}`,
    );
  });
}
