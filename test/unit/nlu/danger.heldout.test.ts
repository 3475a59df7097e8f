import { join } from 'node:path';
import { createRecogniser } from '../../../src/nlu/recogniser';
import heldout from './danger.heldout.json';

/** Texts that no training and no list of signs was made from: what is reached on them must not be lost again. */
const LEAST_SEEN = 0.985;
const MOST_FALSE_ALARMS = 0.02;
const now = Date.parse('2026-11-23T12:00:00Z');

describe('danger in held-out texts', () => {
  const recogniser = createRecogniser({ modelDir: join(__dirname, '../../../dist/nlu') });
  const alarmed = (kind: 'danger' | 'calm'): readonly boolean[] =>
    Object.entries(heldout).flatMap(([language, texts]) =>
      texts[kind].map((text) => recogniser.recognise(text, { language, now }).emergency),
    );
  const share = (alarms: readonly boolean[]): number => alarms.filter(Boolean).length / alarms.length;

  test('there are enough of them to say so', () => {
    expect(alarmed('danger').length).toBeGreaterThanOrEqual(120);
    expect(alarmed('calm').length).toBeGreaterThanOrEqual(200);
  });
  test('is seen', () => expect(share(alarmed('danger'))).toBeGreaterThanOrEqual(LEAST_SEEN));
  test('is not seen in ordinary reports and answers', () =>
    expect(share(alarmed('calm'))).toBeLessThanOrEqual(MOST_FALSE_ALARMS));
});
