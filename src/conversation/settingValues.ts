import { z } from 'zod';

/** What the values of a council's settings are made of: for the settings file itself, and for what services add to it (`content.ts`). */

export const day = z.iso.date();
/** Time of day in London, `00:00` to `24:00`. */
export const time = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time, HH:MM');
export const link = z.url({ protocol: /^https$/ });
export const phone = z.string().regex(/^[0-9 ]{3,16}$/, 'must be a phone number as people read it, digits and spaces');
export const whole = z.int().positive();
export const pounds = z.number().nonnegative().multipleOf(0.01);
export const metres = z.number().positive();
export const text = z.string().trim().min(1).max(600);
/** A text in the council's languages; English must be there. */
export const byLanguage = z
  .record(z.string().regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?$/), text)
  .refine((texts) => 'en' in texts, 'needs at least "en"');

/** Open from–to on a day of the week, or closed. */
const opening = z.union([z.tuple([time, time]), z.null()]);
export const week = z.strictObject({
  mon: opening,
  tue: opening,
  wed: opening,
  thu: opening,
  fri: opening,
  sat: opening,
  sun: opening,
});
export type Week = z.infer<typeof week>;

/** A value with who looks after it, where it is published, from when it holds and when it must be confirmed again. */
export const dated = <V extends z.ZodType>(value: V) =>
  z
    .strictObject({ value, owner: text, source: text, effectiveFrom: day, expiresOn: day })
    .refine((entry) => entry.effectiveFrom <= entry.expiresOn, {
      path: ['expiresOn'],
      message: 'is before effectiveFrom',
    });

/** A price as texts tell it: "45", "45.50"; the sign stands in the wording. `none` for one out of its dates. */
export function priceTold(price: number | undefined): string {
  if (price === undefined) return 'none';
  return Number.isInteger(price) ? String(price) : price.toFixed(2);
}

/** A text of the settings in the resident's language, else in English. */
export function inLanguage(texts: Readonly<Record<string, string>>, language: string): string {
  return texts[language] ?? texts[language.split('-')[0] ?? ''] ?? texts.en ?? '';
}
