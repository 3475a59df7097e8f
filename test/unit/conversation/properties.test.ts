import fc from 'fast-check';
import type { Command, Form, FormInput } from '../../../src/conversation/form';
import { FOOD, HOME, shell, understood } from './forms';

const commands = [
  'yes',
  'no',
  'back',
  'skip',
  'help',
  'start-over',
  'stop',
  'change',
  'dont-know',
  'go-on',
] as const satisfies readonly Command[];
const entity = fc.constantFrom(
  HOME[0],
  HOME[1],
  FOOD,
  { kind: 'house-number', value: '99' } as const,
  { kind: 'postcode', value: 'WB5 1AA' } as const,
  { kind: 'choice', value: 'garden', slot: 'stream' } as const,
  { kind: 'choice', value: 'spilled', slot: 'problem' } as const,
  { kind: 'phone', value: '+447700900999' } as const,
  { kind: 'date', value: '2026-11-20' } as const,
);
const values = [
  'yes',
  'no',
  'change',
  'change:address',
  'uprn:2',
  'more',
  'none',
  'keep',
  'drop',
  'go-on',
  'start-over',
  'person',
  'anyway',
  'follow',
  'reminder',
  'food',
  'cmd:repeat-question',
  'nonsense',
];

const said: fc.Arbitrary<FormInput> = fc
  .record({
    words: fc.string({ maxLength: 60 }),
    entities: fc.array(entity, { maxLength: 3 }),
    command: fc.option(fc.constantFrom(...commands)),
    chosen: fc.option(fc.constantFrom(...values)),
    correcting: fc.boolean(),
  })
  .map(({ words, entities, command, chosen, correcting }) => ({
    kind: 'say',
    understanding: understood(words, entities),
    ...(command && { command }),
    ...(chosen !== null && { chosen }),
    ...(correcting && { correcting }),
  }));
const input = fc.oneof(
  { weight: 8, arbitrary: said },
  fc.constantFrom<FormInput>({ kind: 'misread' }, { kind: 'again' }, { kind: 'resume' }),
);
const worlds = fc.record({ exception: fc.boolean(), down: fc.boolean() });
const begin: FormInput = { kind: 'begin', understanding: understood('my bin') };

/** An answer may only go when the resident took it back, started over, or was refused or corrected. */
function lost(before: Form, after: Form, step: FormInput): readonly string[] {
  const asksFor =
    step.kind === 'say' &&
    (step.command !== undefined || step.chosen !== undefined || step.understanding.entities.length > 0);
  return asksFor ? [] : Object.keys(before.answers).filter((name) => !after.answers[name]);
}

describe('any sequence of inputs', () => {
  test('never throws, and always ends in a question, a close or a person', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(input, { minLength: 1, maxLength: 14 }), worlds, async (inputs, world) => {
        const it = shell();
        it.world = world;
        await it.send(begin);
        for (const each of inputs) {
          const step = await it.send(each);
          if ('unread' in step) continue;
          expect(step.says.length > 0 || step.done !== undefined).toBe(true);
          if (step.done) return;
        }
      }),
      { numRuns: 300 },
    );
  });

  test('never loses a validated answer that nobody asked to change', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(input, { minLength: 1, maxLength: 14 }), async (inputs) => {
        const it = shell();
        await it.send(begin);
        for (const each of inputs) {
          const before = it.form;
          const step = await it.send(each);
          if ('unread' in step) {
            expect(it.form).toBe(before);
            continue;
          }
          if (before) expect(lost(before, step.state, each)).toEqual([]);
          if (step.done) return;
        }
      }),
      { numRuns: 300 },
    );
  });

  test('opens at most one case', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(input, { minLength: 1, maxLength: 20 }), async (inputs) => {
        const it = shell();
        await it.send({ kind: 'begin', understanding: understood('my bin', [...HOME, FOOD]) });
        for (const each of inputs) await it.send(each);
        expect(new Set(it.cases).size).toBeLessThanOrEqual(1);
        expect(it.cases.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });
});
