import { z } from 'zod';
import { replaceDisclosures } from '../disclosures';
import type { ImportKind } from './kind';
import { ImportError, readRows, shortened } from './table';

const text = (max: number) =>
  z.string('is missing').trim().min(1, 'is empty').max(max, `has more than ${max} characters`);

const Row = z.object({
  reference: text(60),
  title: text(200),
  summary: z.string().trim().max(4000, 'has more than 4000 characters').default(''),
  published: z.iso.date('is not a day such as 2026-11-24'),
  link: z.url({ protocol: /^https?$/, error: 'is not a web address' }).max(500, 'has more than 500 characters'),
});

/** The council's disclosure log: answers to earlier requests for information. */
export const disclosures: ImportKind = {
  usage: 'FILE.csv',
  options: [],
  read({ files: [file, ...more] }) {
    if (!file || more.length > 0) return undefined;
    const errors: string[] = [];
    const rows = readRows(file, Row, {}, ({ reference }) => reference, errors);
    if (errors.length === 0 && rows.length === 0) errors.push(`${file.name}: holds no published answer`);
    if (errors.length > 0) throw new ImportError(shortened(errors));
    return {
      async write(tx, at) {
        await replaceDisclosures(tx, rows, file.name, at);
        return [`Imported ${rows.length} published answers.`];
      },
    };
  },
};
