import { join } from 'node:path';
import { SegmentedMessage } from 'sms-segments-calculator';
import { cheaper } from '../../../src/channels/sms/cheaper';
import type { TextKey } from '../../../src/conversation/ports';
import { createRender } from '../../../src/conversation/render';

const render = createRender(join(__dirname, '../../../locales'), { strict: true });
const params = { outOfHours: '020 7946 0199', homeless: '020 7946 0155', attended: false };
const QUIET: readonly string[] = ['abuse', 'child'];
/** The first thing said must be whom to call, not why or what to do. */
const FIRST_NUMBER_WITHIN = 75;
const button = (language: string) => `\n1 ${render.say({ text: 'common:emergency.agent' }, language).text}`;

/** Whom to call, and in which order it must be said. */
const NUMBERS = {
  general: ['999', '55'],
  gas: ['0800 111 999', '999', '55'],
  power: ['999', '105'],
  flood: ['999', '0345 988 1188'],
  'self-harm': ['999', '116 123', '0800 1111'],
  abuse: ['999', '55', '0808 2000 247', '0800 1111'],
  child: ['999', '55', '020 7946 0199', '0800 1111'],
  homeless: ['020 7946 0155', '999'],
  'rough-sleeping': ['999', 'StreetLink'],
} as const;

const each = render.languages.flatMap((language) =>
  Object.entries(NUMBERS).map(([danger, numbers]) => ({ language, danger, numbers })),
);

describe.each(each)('$danger in $language', ({ language, danger, numbers }) => {
  const key: TextKey = `common:emergency.${danger}`;
  const short: TextKey = render.has(`${key}.sms`, language) ? `${key}.sms` : key;

  test.each([key, short])('%s says whom to call, most urgent first', (text) => {
    const said = render.say({ text, params }, language).text;
    let from = 0;
    for (const number of numbers) {
      const at = said.indexOf(number, from);
      expect({ number, found: at >= 0 }).toEqual({ number, found: true });
      from = at + number.length;
    }
  });

  test('whom to call comes first', () => {
    const at = render.say({ text: key, params }, language).text.search(/\d{3}/);
    expect(at).toBeGreaterThanOrEqual(0);
    expect(at).toBeLessThan(FIRST_NUMBER_WITHIN);
  });

  test('says that nobody reads now, only when nobody does', () => {
    const said = (text: TextKey, attended: boolean): string =>
      render.say({ text, params: { ...params, attended } }, language).text;
    // One sentence at the end, the same after each danger.
    const nobody = said('common:emergency.gas', false).slice(said('common:emergency.gas', true).length);
    expect(nobody.trim()).not.toBe('');
    expect(said(key, false)).toBe(said(key, true) + nobody);
    expect(said(short, false).startsWith(said(short, true))).toBe(true);
    expect(said(short, false).length).toBeGreaterThan(said(short, true).length);
  });

  test('fits a text message', () => {
    const safe = QUIET.includes(danger) ? `\n${render.say({ text: 'common:emergency.quiet.sms' }, language).text}` : '';
    const { segmentsCount, encodingName } = new SegmentedMessage(
      cheaper(render.say({ text: short, params }, language).text + safe + button(language)),
      'auto',
    );
    expect(segmentsCount).toBeLessThanOrEqual(encodingName === 'GSM-7' ? 2 : 3);
  });
});

test('the council’s number is left out where settings have none', () => {
  const said = render.say(
    { text: 'common:emergency.general', params: { outOfHours: 'none', homeless: 'none', attended: true } },
    'en',
  ).text;
  expect(said).not.toContain('council road');
  expect(said).not.toContain('none');
});
