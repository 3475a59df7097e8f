import { isDeepStrictEqual } from 'node:util';
import type { Form, FormInput, Step } from '../../src/conversation/form';
import type { ChoiceSaid, Params, Say, TextKey } from '../../src/conversation/ports';
import type { Wording } from '../../src/conversation/render';
import type { Service } from '../../src/conversation/service';
import { settle } from '../../src/conversation/settle';
import { textsOf } from '../unit/dialogs/texts';
import { inputOf, type Move } from './moves';
import type { Town } from './town';

/** Plays one resident's moves against one service, and complains about every step that breaks what holds for all of them. */

type Stepped = Extract<Step, { readonly state: Form }>;

export interface Resident {
  readonly form: Form | undefined;
  readonly done: Stepped['done'] | undefined;
  readonly opened: readonly string[];
  begin(words?: FormInput): Promise<void>;
  move(move: Move): Promise<void>;
  /** Leaves the form from where it is, without changing it. */
  leave(): Promise<void>;
}

export function resident(service: Service, town: Town, render: Wording): Resident {
  let form: Form | undefined;
  let done: Stepped['done'] | undefined;
  let choices: readonly ChoiceSaid[] = [];
  const opened: string[] = [];

  const step = async (input: FormInput, from: Form | undefined = form): Promise<Stepped | undefined> => {
    const made = await settle(service, from, input, town.surroundings(render));
    if (!made) return undefined;
    const problems = [
      ...(from ? lost(service, from, made.state, input) : []),
      ...unlawful(service, made),
      ...made.says.flatMap((say) => unspeakable(say, town, render)),
    ];
    if (problems.length > 0) throw new Error(`${JSON.stringify(input)}\n${problems.join('\n')}`);
    return made;
  };

  const take = (made: Stepped): void => {
    for (const effect of made.effects) {
      town.apply(effect);
      if (effect.kind === 'open-case') opened.push(effect.reference);
    }
    if (opened.length > 1) throw new Error(`opened ${opened.join(', ')}`);
    form = JSON.parse(JSON.stringify(made.state)) as Form;
    done = made.done;
    choices = made.says.at(-1)?.choices ?? [];
  };

  const send = async (input: FormInput): Promise<void> => {
    const made = (await step(input)) ?? (await step({ kind: 'misread' }));
    if (!made) throw new Error('nothing is said to what was misread');
    take(made);
  };

  return {
    get form() {
      return form;
    },
    get done() {
      return done;
    },
    opened,
    begin: async (input = { kind: 'begin' }) => {
      form = undefined;
      await send(input);
    },
    move: async (move) => {
      if (!form) throw new Error('not begun');
      if (move.do === 'later') {
        town.wait(move.hours);
        // After that long the bot asks whether to go on.
        if (move.hours > 12) await send({ kind: 'resume' });
      } else await send(inputOf(move, { service, form, choices }));
    },
    leave: async () => {
      if (!form || done) return;
      const stopped = await step(
        inputOf(
          { do: 'say', words: 'stop', entities: [], command: 'stop', correcting: false },
          { service, form, choices },
        ),
      );
      if (stopped?.done) return;
      const last =
        stopped && (await step(inputOf({ do: 'value', value: 'drop' }, { service, form, choices }), stopped.state));
      if (!last?.done) throw new Error(`not left after two messages, from ${form.phase.at}`);
    },
  };
}

const PHASES = ['asking', 'summary', 'changing', 'stopped', 'leaving', 'resuming', 'offered', 'contact', 'done'];
/** Stops that the engine itself makes. */
const OWN_STOPS = ['alreadyOpen'];

/** What must hold of every step, whatever was said. */
function unlawful(service: Service, { state, says, effects, done }: Stepped): readonly string[] {
  const { phase, answers, partials, order } = state;
  const isKnownStop = phase.at !== 'stopped' || OWN_STOPS.includes(phase.reason) || service.stopIf?.[phase.reason];
  const isKnownSlot = phase.at !== 'asking' || service.slots[phase.slot];
  const rules: readonly (readonly [string, unknown])[] = [
    ['says nothing and does not end', says.length > 0 || done],
    [`is in no legal phase: ${phase.at}`, PHASES.includes(phase.at)],
    ['stops for no reason', isKnownStop],
    ['asks for no slot', isKnownSlot],
    ['answers of no slot', Object.keys(answers).every((name) => service.slots[name])],
    ['the way back leads nowhere', order.every((name) => answers[name])],
    ['answers do not survive storage', survives(answers) && survives(partials)],
    ['effects do not survive storage', survives(effects)],
    [
      'a case without a reference',
      effects.every((effect) => effect.kind !== 'open-case' || effect.reference === state.reference),
    ],
    ['ends for a service without a name', done?.how !== 'service' || done.service !== ''],
  ];
  return rules.filter(([, holds]) => !holds).map(([what]) => what);
}

const survives = (value: unknown): boolean => isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value);

/** A validated answer may go only when it was taken back, corrected, refused, or rested on one that was. */
function lost(service: Service, before: Form, after: Form, input: FormInput): readonly string[] {
  const gone = Object.keys(before.answers).filter((name) => !after.answers[name]);
  if (gone.length === 0 || startsOver(before, input)) return [];
  const isSame = (name: string): boolean => isDeepStrictEqual(before.answers[name]?.value, after.answers[name]?.value);
  const others = Object.keys(before.answers).filter((name) => service.slots[name]?.is.kind !== 'pick' && !isSame(name));
  const asked = after.phase.at === 'asking' ? after.phase.slot : undefined;
  const mayGo = (name: string): boolean =>
    after.refused?.slot === name ||
    before.answers[name]?.source === 'assumed' ||
    // One is taken instead of the other.
    Object.entries(service.insteadOf ?? {}).some(([one, other]) => other === name && after.answers[one]) ||
    // A pick rests on the answers before it.
    (service.slots[name]?.is.kind === 'pick' && (others.length > 0 || isBefore(service, asked, name))) ||
    (asksFor(input) && (asked === name || after.partials[name] !== undefined));
  return gone.filter((name) => !mayGo(name)).map((name) => `the answer to ${name} was lost, at ${before.phase.at}`);
}

const isBefore = (service: Service, one: string | undefined, other: string): boolean => {
  const names = Object.keys(service.slots);
  return one !== undefined && names.indexOf(one) <= names.indexOf(other);
};

const startsOver = (before: Form, input: FormInput): boolean =>
  input.kind === 'begin' ||
  (input.kind === 'say' &&
    (input.command === 'start-over' || (before.phase.at === 'resuming' && input.chosen === 'start-over')));

/** Only an input that takes back, changes or names a value may cost an answer. */
const asksFor = (input: FormInput): boolean =>
  input.kind === 'say' &&
  (input.command !== undefined || input.chosen !== undefined || input.understanding.entities.length > 0);

const keysOf = (say: Say): readonly TextKey[] => [
  say.text,
  ...(say.choices ?? []).flatMap(({ label }) =>
    typeof label === 'string' ? [label] : 'text' in label ? [label.text] : [],
  ),
  ...labelsIn(say.params ?? {}),
];

const labelsIn = (params: Params): readonly TextKey[] =>
  Object.values(params).flatMap((param) => {
    if (typeof param !== 'object') return [];
    if ('label' in param) return [param.label];
    return 'list' in param ? labelsIn(Object.fromEntries(param.list.entries())) : [];
  });

/** `.noted`, `.again`, `.why` and `.sms` are each language's own. */
const isOptional = (key: TextKey): boolean => /\.(noted|again|why|sms)$/.test(key);

/** Texts with the word "none" of their own. */
const SAY_NONE = new Set(
  ['en', 'pl'].flatMap((language) =>
    textsOf(language)
      .filter(({ message }) => /\bnone\b(?!\s*\{)/.test(message))
      .map(({ key }) => `${language} ${key}`),
  ),
);

/** The resident's own words. */
const QUOTED = /[“„][^”]*”/g;

/** What stands for "no answer" among the parameters is said to nobody. */
const isGap = (words: string, text: TextKey, language: string): boolean =>
  /\bnone\b/.test(words.replaceAll(QUOTED, '')) && !SAY_NONE.has(`${language} ${text}`);

/** What is wrong with a message once it is put into words. */
function unspeakable(say: Say, town: Town, render: Wording): readonly string[] {
  const missing = keysOf(say)
    .filter((key) => !isOptional(key))
    .flatMap((key) =>
      ['en', 'pl']
        .filter((language) => !render.has(key, language))
        .map((language) => `${key} is missing in ${language}`),
    );
  const short: TextKey = `${say.text}.sms`;
  const { channel, language } = town;
  const text = channel === 'sms' && render.has(short, language) ? short : say.text;
  const { text: words, choices } = render.say({ ...say, text }, language, town.now());
  const bad = [words, ...choices.map(({ title }) => title)].filter(
    (each) => each === '' || /undefined|\[object|NaN|Invalid Date/.test(each) || isGap(each, text, language),
  );
  return [...missing, ...bad.map((each) => `${text} reads «${each}»`)];
}
