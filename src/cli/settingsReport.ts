import { addDays } from '../conversation/calendar';
import { checkContent } from '../conversation/content';
import type { IsoDate } from '../conversation/ports';
import type { Service } from '../conversation/service';
import { ageLine, expiringBefore, outOfDate } from '../conversation/settingAges';
import { readSettings } from '../conversation/settings';

/** Two months: time enough to ask the owner. */
const SOON_DAYS = 60;

export interface SettingsReport {
  readonly ok: boolean;
  readonly lines: readonly string[];
}

/** What a content owner must know of a settings file before it is used: every error, else what is or will soon be out of date. */
export function reportOn(text: string, services: readonly Service[], today: IsoDate): SettingsReport {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { ok: false, lines: [`(file): ${(error as Error).message}`] };
  }
  const read = readSettings(json, today);
  const errors = read.ok ? checkContent(services, read.file) : read.errors;
  if (!read.ok || errors.length > 0) return { ok: false, lines: [...errors, counted(errors.length, 'error')] };
  const old = outOfDate(read.file, today);
  const soon = expiringBefore(read.file, today, addDays(today, SOON_DAYS + 1));
  return {
    ok: true,
    lines: [
      ...[...old, ...soon].map((age) => ageLine(age, today)),
      `The file can be used. ${counted(old.length, 'value')} out of date, ${counted(soon.length, 'value')} will be within ${SOON_DAYS} days.`,
    ],
  };
}

const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;
