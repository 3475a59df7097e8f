import { join } from 'node:path';
import council from '../../../dialogs/council.json';
import type { Address, Round } from '../../../src/conversation/ports';
import { createRender } from '../../../src/conversation/render';
import { readSettings, type Settings } from '../../../src/conversation/settings';
import { namedIn } from '../../../src/conversation/wordLists';

/** The demo council's settings on a day. */
export function settingsOn(today: string, changes: object = {}): Settings {
  const read = readSettings({ ...council, ...changes }, today);
  if (!read.ok) throw new Error(read.errors.join('\n'));
  return read.settings;
}

export const moment = (text: string): number => Date.parse(text);

/** The context of rules at a moment, nothing overridden. */
export function at(text: string, changes: object = {}, overridden: readonly string[] = []) {
  const now = moment(text);
  return {
    now,
    settings: settingsOn(text.slice(0, 10), changes),
    language: 'en',
    overridden: (stop: string) => overridden.includes(stop),
  };
}

export const house: Address = {
  uprn: '1',
  line: '14 Cannon Hill Lane',
  number: '14',
  street: 'Cannon Hill Lane',
  postcode: 'WB1 2AB',
  ward: 'Hill',
  position: { lat: 51.4, lon: -0.2 },
  kind: 'house',
};
export const flat: Address = { ...house, uprn: '2', flat: 'flat 3', kind: 'flat', sharedStore: 'store-9' };

export const round = (date: string, more: Partial<Round> = {}): Round => ({ stream: 'food', date, ...more });

export const strike = {
  notices: [
    {
      kind: 'strike',
      services: ['missed-bin'],
      from: '2026-11-23',
      until: '2026-11-27',
      text: { en: 'There is a strike.', pl: 'Trwa strajk.' },
    },
  ],
};

const render = createRender(join(__dirname, '../../../locales'));

/** A service's word lists, as its rules read them. */
export const wordsOf = (service: string, language = 'en') => ({
  names: (list: string, said: string) => namedIn(said, render.words(`${service}:words.${list}`, language)),
});
