import { join } from 'node:path';
import { SegmentedMessage } from 'sms-segments-calculator';
import type { TextKey } from '../../../src/conversation/ports';
import { createRender } from '../../../src/conversation/render';

const render = createRender(join(__dirname, '../../../locales'), { strict: true });
const params = { outOfHours: '020 7946 0199', homeless: '020 7946 0155' };
const button = (language: string) => `\n1 ${render.say({ text: 'common:emergency.agent' }, language).text}`;

/** Whom to call, and in which order it must be said. */
const NUMBERS = {
  general: ['999', '55'],
  gas: ['0800 111 999', '999', '55'],
  power: ['999', '105'],
  flood: ['999', '0345 988 1188'],
  'self-harm': ['999', '116 123', '0800 1111'],
  abuse: ['999', '55', '0808 2000 247', '0800 1111'],
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

  test('fits a text message', () => {
    const { segmentsCount, encodingName } = new SegmentedMessage(
      render.say({ text: short, params }, language).text + button(language),
      'auto',
      true,
    );
    expect(segmentsCount).toBeLessThanOrEqual(encodingName === 'GSM-7' ? 2 : 3);
  });
});

test('the council’s number is left out where settings have none', () => {
  const said = render.say(
    { text: 'common:emergency.general', params: { outOfHours: 'none', homeless: 'none' } },
    'en',
  ).text;
  expect(said).not.toContain('council road');
  expect(said).not.toContain('none');
});
