import { choice, defineService, pick } from '../../../src/conversation/service';
import { shell, understood } from './forms';

const slots = { kind: choice('bed', 'sofa'), day: pick() };
const bookings = defineService({
  id: 'bookings',
  letters: 'BK',
  slots,
  options: {
    day: ({ kind }) =>
      (kind === 'bed' ? ['2026-12-01', '2026-12-02'] : ['2026-12-08']).map((value) => ({ value, params: {} })),
  },
  endings: ['booked'],
  submit: () => ({ ending: 'booked', open: {} }),
});
const press = (chosen: string) => ({ kind: 'say', understanding: understood(''), chosen }) as const;

describe('what is picked', () => {
  test('is one of those offered, or none of them', async () => {
    const it = shell(bookings);
    await it.send({ kind: 'begin' });
    await it.send(press('bed'));
    // Buttons of older messages, and values that no button ever had.
    for (const value of ['yes', '2026-12-08', 'nonsense', 'cmd:repeat-question']) {
      await it.send(press(value));
      expect([value, it.form?.answers.day]).toEqual([value, undefined]);
    }
    await it.send(press('2026-12-02'));
    expect(it.form?.answers.day?.value).toBe('2026-12-02');
  });

  test('may be none of them', async () => {
    const it = shell(bookings);
    await it.send({ kind: 'begin' });
    await it.send(press('sofa'));
    await it.send(press('none'));
    expect(it.form?.answers.day?.value).toBe('none');
  });

  test('is asked anew when the answer changes that it was found for', async () => {
    const it = shell(bookings);
    await it.send({ kind: 'begin' });
    await it.send(press('bed'));
    await it.send(press('2026-12-01'));
    await it.send({ ...press(''), chosen: 'change' });
    await it.send(press('change:kind'));
    await it.send(press('sofa'));
    expect(it.form?.phase).toEqual({ at: 'asking', slot: 'day' });
  });
});
