import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { BUILT_IN } from '../../src/conversation/builtin';
import { createRender } from '../../src/conversation/render';
import type { Service } from '../../src/conversation/service';
import { closeBoroughs } from '../conversations/borough';
import { type Move, move, understood, WORDS } from './moves';
import { resident } from './resident';
import { type Circumstances, town } from './town';

/**
 * Whatever a resident says and does, in every service: nothing throws, no validated answer is lost, every step ends in a
 * question, a close or a person, every message can be put into words, nobody opens two cases, and everybody can leave.
 * More of them: `SEQUENCES=100000 npx jest test/properties`.
 */
const SEQUENCES = Number(process.env.SEQUENCES ?? 10_000);

const ROOT = join(__dirname, '../..');
const render = createRender(join(ROOT, 'locales'), { strict: true });
const files = readdirSync(join(ROOT, 'dialogs')).filter((name) => /^[a-z-]+\.ts$/.test(name));
const ids = [...files.map((name) => basename(name, '.ts')), ...BUILT_IN.map(({ id }) => id)];
afterAll(closeBoroughs);

const circumstances: fc.Arbitrary<Circumstances> = fc.record({
  now: fc.constantFrom(
    '2026-11-24T19:10',
    '2026-11-24T09:00',
    '2026-11-28T23:30',
    '2026-12-25T12:00',
    '2027-11-24T10:00',
  ),
  channel: fc.constantFrom('web', 'sms'),
  language: fc.constantFrom('en', 'pl'),
  unavailable: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    fc.subarray(['collections', 'cases', 'gazetteer', 'zones', 'disclosures'] as const),
  ) as fc.Arbitrary<NonNullable<Circumstances['unavailable']>>,
});

const conversation = fc.record({
  around: circumstances,
  opening: fc.constantFrom('', ...WORDS),
  moves: fc.array(move, { minLength: 1, maxLength: 14 }),
});

/** How far conversations of a service came, so that a test which never gets anywhere does not pass for a proof. */
interface Reached {
  sequences: number;
  steps: number;
  ended: number;
  opened: number;
}

async function play(
  service: Service,
  {
    around,
    opening,
    moves,
  }: { readonly around: Circumstances; readonly opening: string; readonly moves: readonly Move[] },
  reached: Reached,
): Promise<void> {
  const here = await town(around);
  // A second resident, who says the same after the first one has reported it.
  for (const _nth of [1, 2]) {
    const one = resident(service, here, render);
    await one.begin({ kind: 'begin', understanding: understood(opening, []) });
    for (const each of moves) {
      if (one.done) break;
      await one.move(each);
      reached.steps++;
    }
    await one.leave();
    reached.ended += one.done ? 1 : 0;
    reached.opened += one.opened.length;
    // A button of the closed form, pressed again.
    if (one.done?.how === 'submitted') for (const value of ['yes', 'anyway']) await one.move({ do: 'value', value });
    // Without the records of cases nobody can know that there is one: then the commit notices.
    if (one.opened.length === 0 || around.unavailable?.includes('cases')) return;
  }
}

const load = async (id: string): Promise<Service> =>
  BUILT_IN.find((each) => each.id === id) ??
  ((await import(join(ROOT, 'dialogs', id))) as { readonly default: Service }).default;

describe('any sequence of inputs keeps to the rules', () => {
  test.each(ids)(
    'in %s',
    async (id) => {
      const service = await load(id);
      if (!service) throw new Error(`no service ${id}`);
      const reached: Reached = { sequences: 0, steps: 0, ended: 0, opened: 0 };
      const property = fc.asyncProperty(conversation, async (one) => {
        reached.sequences++;
        await play(service, one, reached);
      });
      await fc.assert(property, { numRuns: Math.ceil(SEQUENCES / ids.length) });
      if (process.env.REPORT === '1') process.stdout.write(`${id} ${JSON.stringify(reached)}\n`);
      expect(reached.ended).toBeGreaterThan(0);
    },
    300_000,
  );
});
