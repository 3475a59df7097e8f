import { understood } from '../../../src/conversation/answering';
import { type FormInput, type Known, quiet } from '../../../src/conversation/form';
import { choice, defineService, pick } from '../../../src/conversation/service';
import { shell, understood as words } from './forms';

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
const press = (chosen: string) => ({ kind: 'say', understanding: words('this one'), chosen }) as const;

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

describe('naming a question to change it', () => {
  const change = (slot: string): FormInput => ({ kind: 'say', understanding: words(''), command: 'change', slot });

  test('does not ask to pick before there is anything to pick from', async () => {
    const it = shell(bookings);
    await it.send({ kind: 'begin' });
    await it.send(change('day'));
    expect(it.form?.phase).toEqual({ at: 'changing' });
    expect(it.said.at(-1)).toBe('common:change.what');
  });

  test('asks to pick once there is', async () => {
    const it = shell(bookings);
    await it.send({ kind: 'begin' });
    await it.send(press('sofa'));
    await it.send(press('none'));
    await it.send(change('day'));
    expect(it.form?.phase).toEqual({ at: 'asking', slot: 'day' });
  });

  test('asks for what was taken by default, and not for what does not belong to the form', async () => {
    const orders = defineService({
      id: 'orders',
      letters: 'OR',
      slots: {
        kind: choice('bin', 'box').default('bin'),
        why: choice('lost', 'broken').maybe(),
        end: choice('a', 'b'),
      },
      askIf: { why: ({ kind }) => kind === 'box' },
      endings: ['done'],
      submit: () => ({ ending: 'done' }),
    });
    const it = shell(orders);
    await it.send({ kind: 'begin' });
    await it.send(change('why'));
    expect(it.form?.phase).toEqual({ at: 'changing' });
    await it.send(change('kind'));
    expect(it.form?.phase).toEqual({ at: 'asking', slot: 'kind' });
    await it.send(press('box'));
    await it.send(press('lost'));
    await it.send(change('kind'));
    await it.send(press('bin'));
    // It was answered, but is of no more use: nor does the way back lead there.
    await it.send({ kind: 'say', understanding: words('back'), command: 'back' });
    expect(it.form?.phase).toEqual({ at: 'asking', slot: 'end' });
    await it.send(change('why'));
    expect(it.form?.phase).toEqual({ at: 'changing' });
  });
});

test('"none of these" is no news to read back', async () => {
  const it = shell(bookings);
  await it.send({ kind: 'begin' });
  await it.send(press('sofa'));
  await it.send(press('none'));
  const form = it.form;
  if (!form) throw new Error('no form');
  const known = { has: () => false } as unknown as Known;
  const read = (...names: readonly string[]) => understood(bookings, quiet(form), known, names).says;
  expect(read('kind', 'day')).toEqual([
    { text: 'common:understood', params: { items: { list: [{ label: 'bookings:kind.sofa', inline: true }] } } },
  ]);
  expect(read('day')).toEqual([]);
});
