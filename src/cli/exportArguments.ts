import { parseArgs } from 'node:util';
import { z } from 'zod';
import { EXPORTS, type Export } from './exportLines';

const Arguments = z.object({
  what: z.tuple([z.enum(EXPORTS)]),
  /** A day (from midnight UTC) or a moment with its offset. */
  since: z
    .union([z.iso.date(), z.iso.datetime({ offset: true })])
    .transform((text) => Date.parse(text))
    .optional(),
});

/** What to export, from the command line's arguments; undefined where they are not understood. */
export function parseExport(args: readonly string[]): { readonly what: Export; readonly since: number } | undefined {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { since: { type: 'string' } },
    });
    const { what, since } = Arguments.parse({ what: positionals, since: values.since });
    return { what: what[0], since: since ?? 0 };
  } catch {
    return undefined;
  }
}
