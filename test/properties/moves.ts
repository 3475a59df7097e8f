import fc from 'fast-check';
import type { Command, Form, FormInput } from '../../src/conversation/form';
import type { ChoiceSaid, Entity, Understanding } from '../../src/conversation/ports';
import type { Service } from '../../src/conversation/service';

/** What a resident may do next, before it is known what the form is asking. */
export type Move =
  /** A button of the last message. */
  | { readonly do: 'press'; readonly index: number }
  /** An answer of the kind that is asked for. */
  | { readonly do: 'fit'; readonly index: number }
  | {
      readonly do: 'say';
      readonly words: string;
      readonly entities: readonly number[];
      readonly command?: Command | undefined;
      /** Names one of the service's slots with a command. */
      readonly slot?: number | undefined;
      readonly correcting: boolean;
    }
  | { readonly do: 'value'; readonly value: string }
  | { readonly do: 'position' | 'photo' | 'misread' | 'again' | 'resume' }
  | { readonly do: 'later'; readonly hours: number };

export const WORDS = [
  '',
  '🙃🙃🙃',
  'x'.repeat(5000),
  'żółć — co to ma być',
  'ভাঙা রাস্তা',
  'طريق مكسور',
  "'; DROP TABLE cases; --",
  '<script>alert(1)</script> {name, plural, other {#}}',
  '999999999999999999999',
  '-1',
  'AB12 CDE',
  'constructor',
  '__proto__',
  'idk mate',
  'it is a big mess and it has been there for three weeks now, nobody came to look at it',
  'all spending on road repairs in the year 2025, by ward',
  '12 Sample Road, WB1 2AB',
  'sam@example.org',
];

const COMMANDS = [
  'yes',
  'no',
  'back',
  'skip',
  'repeat',
  'help',
  'start-over',
  'stop',
  'change',
  'dont-know',
  'go-on',
] as const satisfies readonly Command[];

/** Values of buttons that may have stood in older messages, or never. */
const VALUES = [
  'yes',
  'no',
  'change',
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
  'as-it-is',
  'dont-know',
  'this-number',
  'uprn:1',
  'uprn:nonsense',
  'street:nonsense',
  'change:nonsense',
  'service:nonsense',
  'cmd:repeat-question',
  'cmd:agent',
  'nonsense',
];

const index = fc.nat(1000);
const say = fc.record({
  do: fc.constant('say' as const),
  words: fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 60, unit: 'grapheme' })),
  entities: fc.array(index, { maxLength: 4 }),
  command: fc.option(fc.constantFrom(...COMMANDS), { nil: undefined, freq: 2 }),
  slot: fc.option(index, { nil: undefined }),
  correcting: fc.boolean(),
});

export const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('fit' as const), index }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('press' as const), index }) },
  { weight: 4, arbitrary: say },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('value' as const), value: fc.constantFrom(...VALUES) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('position', 'photo', 'misread', 'again', 'resume') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('later' as const), hours: fc.constantFrom(1, 12, 26, 24 * 40) }),
  },
);

type Recognised = Pick<Entity, 'kind' | 'value'> & { readonly slot?: string };

const GENERAL: readonly Recognised[] = [
  { kind: 'postcode', value: 'WB1 2AB' },
  { kind: 'postcode', value: 'WB5 1AA' },
  { kind: 'postcode', value: 'ZZ99 9ZZ' },
  { kind: 'house-number', value: '10' },
  { kind: 'house-number', value: '999' },
  { kind: 'number', value: '2' },
  { kind: 'number', value: '99999999' },
  { kind: 'ordinal', value: '-1' },
  { kind: 'flat', value: 'flat 3' },
  { kind: 'street', value: 'Sample Road' },
  { kind: 'street', value: 'The Limes' },
  { kind: 'street', value: 'Northern Arterial Road' },
  { kind: 'street', value: 'Beverley Meadow' },
  { kind: 'street', value: 'Nowhere Lane' },
  { kind: 'date', value: '2026-11-10' },
  { kind: 'date', value: '2026-11-24' },
  { kind: 'date', value: '2026-12-01' },
  { kind: 'date', value: '2024-02-29' },
  { kind: 'date', value: '2999-12-31' },
  { kind: 'phone', value: '+447700900999' },
  { kind: 'email', value: 'sam@example.org' },
  { kind: 'plate', value: 'AB12CDE' },
  { kind: 'pcn', value: 'WB12345678' },
  { kind: 'pcn', value: 'ZZ99' },
  { kind: 'reference', value: 'MB-7K2-PQ4' },
];

const choicesOf = (service: Service): readonly Recognised[] =>
  Object.entries(service.slots).flatMap(([slot, { is }]) =>
    is.kind === 'choice' ? is.choices.map((value): Recognised => ({ kind: 'choice', value, slot })) : [],
  );

/** Words with what would be recognised in them at their places. */
export function understood(words: string, entities: readonly Recognised[]): Understanding {
  let text = words.trim();
  const placed = entities.map((entity): Entity => {
    const start = text === '' ? 0 : text.length + 1;
    // What stands for "no answer" among the parameters must not come from the resident.
    const spoken = entity.value.replace(/^none$/, 'nothing');
    text = text === '' ? spoken : `${text} ${spoken}`;
    return { ...entity, text: spoken, start, end: text.length };
  });
  const language = { code: 'en', confidence: 1 };
  return { text, language, intents: [], band: 'none', emergency: false, alsoWants: [], entities: placed };
}

const at = <T>(items: readonly T[], position: number): T | undefined => items[position % items.length];

/** The choices under the last message, and what a form may answer to a question of a kind. */
export interface Situation {
  readonly service: Service;
  readonly form: Form;
  readonly choices: readonly ChoiceSaid[];
}

/** A move as the bot would hand it to the form. */
export function inputOf(move: Exclude<Move, { readonly do: 'later' }>, situation: Situation): FormInput {
  const { service, choices } = situation;
  switch (move.do) {
    case 'press': {
      const choice = at(choices, move.index);
      return choice ? pressed(choice.value) : said('');
    }
    case 'fit':
      return fitting(situation, move.index);
    case 'say': {
      const all = [...GENERAL, ...choicesOf(service)];
      const slot = move.slot === undefined ? undefined : at(Object.keys(service.slots), move.slot);
      return {
        ...said(move.words, ...move.entities.flatMap((each) => at(all, each) ?? [])),
        ...(move.command && { command: move.command }),
        ...(move.command === 'change' && slot && { slot }),
        ...(move.correcting && { correcting: true }),
      };
    }
    case 'value':
      return pressed(move.value);
    case 'position':
      return { ...said(''), position: { lat: 51.4102, lon: -0.1871 } };
    case 'photo':
      return { ...said(''), photo: 'file-1' };
    default:
      return { kind: move.do };
  }
}

type Said = Extract<FormInput, { readonly kind: 'say' }>;

const said = (words: string, ...entities: readonly Recognised[]): Said => ({
  kind: 'say',
  understanding: understood(words, entities),
});

/** Buttons that steer are commands; others are values. */
function pressed(chosen: string): Said {
  const steers = chosen.startsWith('cmd:') && chosen !== 'cmd:repeat-question';
  return { ...said(''), chosen, ...(steers && { command: chosen.slice(4) as Command }) };
}

const TEXTS = WORDS.slice(-5);

/** What answers the question that is asked, as far as its kind tells. */
function fitting({ service, form, choices }: Situation, index: number): FormInput {
  const slot = form.phase.at === 'asking' ? form.phase.slot : undefined;
  const is = service.slots[slot ?? '']?.is;
  const general = (...kinds: readonly Entity['kind'][]): Said =>
    said(
      '',
      ...[
        at(
          GENERAL.filter(({ kind }) => kinds.includes(kind)),
          index,
        ),
      ].flatMap((each) => each ?? []),
    );
  if (slot !== undefined && form.partials[slot] !== undefined) {
    const choice = at(choices, index);
    return choice && index % 3 > 0
      ? pressed(choice.value)
      : said('by the church, number 10', { kind: 'house-number', value: '10' });
  }
  switch (is?.kind) {
    case 'address':
      return said(
        '',
        { kind: 'postcode', value: 'WB1 2AB' },
        { kind: 'house-number', value: String(1 + (index % 12)) },
      );
    case 'place':
      return said(
        '',
        ...[
          at(
            GENERAL.filter(({ kind }) => kind === 'street'),
            index,
          ),
        ].flatMap((each) => each ?? []),
        {
          kind: 'house-number',
          value: '10',
        },
      );
    case 'choice':
      return pressed(at(is.choices, index) ?? '');
    case 'yes-no':
      return { ...said('yes'), command: index % 2 === 0 ? 'yes' : 'no' };
    case 'text':
      return said(at(TEXTS, index) ?? '');
    case 'date':
      return general('date');
    case 'number':
      return said('', { kind: 'number', value: String(is.min + (index % (is.max - is.min + 1))) });
    case 'contact':
      return general('phone', 'email');
    case 'pattern':
      return said(at(samples(is.pattern), index) ?? '');
    default:
      return choices.length > 0 ? pressed(at(choices, index)?.value ?? '') : { ...said('yes'), command: 'yes' };
  }
}

const sampled = new Map<string, readonly string[]>();

/** Words that a pattern takes. */
function samples(pattern: RegExp): readonly string[] {
  const known = sampled.get(pattern.source);
  if (known) return known;
  const made = takenBy(pattern);
  sampled.set(pattern.source, made);
  return made;
}

/** Where fast-check cannot read a pattern (it knows no look-ahead), words of all kinds that the pattern takes. */
function takenBy(pattern: RegExp): readonly string[] {
  try {
    return fc.sample(fc.stringMatching(pattern), { numRuns: 20, seed: 1 });
  } catch {
    return [...GENERAL.map(({ value }) => value), ...WORDS].filter((words) => pattern.test(words));
  }
}
