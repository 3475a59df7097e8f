import { advance } from '../../../src/conversation/advance';
import { fetchFact } from '../../../src/conversation/facts';
import type { FactEntry, Form, FormInput, Known, Need, Step } from '../../../src/conversation/form';
import { type Address, type Entity, type Json, Unavailable, type Understanding } from '../../../src/conversation/ports';
import { address, choice, defineService, type FactPorts, type Service, text } from '../../../src/conversation/service';
import type { Settings } from '../../../src/conversation/settings';

/** A small service, a street of ten houses, and a shell that answers the engine's needs: for tests of the pure engine. */

const NOW = Date.parse('2026-11-24T19:10:00Z');

export const bins: Service = defineService({
  id: 'bins',
  letters: 'BI',
  slots: {
    address: address(),
    stream: choice('food', 'garden'),
    problem: choice('missed', 'spilled').default('missed'),
    note: text({ max: 40 }).optional(),
  },
  facts: {
    round: ({ address, stream }, { collections, now }) => collections.lastRound(address.uprn, stream, now),
    open: ({ address, stream }, { cases }) => cases.openWithKey(`bins|${address.uprn}|${stream}`),
  },
  rejectIf: { note: { rude: ({ note }) => note?.includes('rude') && {} } },
  stopIf: {
    exception: {
      when: ({ round }) => round?.exception && { at: { time: round.exception.at } },
      offers: ['person', 'anyway', 'reminder'],
      remindAt: (_known, { now }) => now + 3_600_000,
    },
    already: {
      when: ({ open }) => open && { reference: open.reference },
      offers: ['follow'],
      follow: ({ open }) => open?.reference,
    },
  },
  dedupeKey: ({ address, stream }) => [address.uprn, stream],
  endings: ['opened', 'unverified'],
  submit: ({ address }, { unavailable }) => ({
    ending: unavailable('round') ? 'unverified' : 'opened',
    open: { place: address.uprn },
  }),
});

const house = (number: number): Address => ({
  uprn: String(number),
  line: `${number} Sample Road`,
  number: String(number),
  street: 'Sample Road',
  postcode: 'WB1 2AB',
  ward: 'Bridge',
  position: { lat: 51.4, lon: -0.2 },
  kind: 'house',
});
const HOUSES = Array.from({ length: 10 }, (_, index) => house(index + 1));

export interface Shell {
  form: Form | undefined;
  readonly said: string[];
  readonly cases: string[];
  readonly send: (input: FormInput) => Promise<Exclude<Step, { readonly needs: readonly Need[] }>>;
  /** What the rounds system says from now on. */
  world: { exception?: boolean; down?: boolean; open?: string; sameKey?: string };
}

/** Plays inputs against the engine, fetching what it needs, as the dialog does. */
export function shell(service: Service = bins, phone?: string): Shell {
  let made = 0;
  const it: Shell = {
    form: undefined,
    said: [],
    cases: [],
    world: {},
    send: async (input) => {
      let facts: readonly FactEntry[] = [];
      let found: { readonly [need: string]: Json } = {};
      const before = it.form?.phase.at === 'summary' ? { ...it.form, facts: [] } : it.form;
      for (let round = 0; round < 50; round++) {
        const known: Known = {
          now: NOW,
          channel: 'web',
          language: 'en',
          settings: SETTINGS,
          found,
          facts,
          has: () => false,
          ...(phone && { phone }),
        };
        const step = advance(service, before, input, known);
        if (!('needs' in step)) {
          if ('unread' in step) return step;
          // What is kept must survive storage.
          it.form = JSON.parse(JSON.stringify({ ...step.state, facts: [...facts, ...step.state.facts] })) as Form;
          it.said.push(...step.says.map((say) => say.text));
          it.cases.push(...step.effects.flatMap((effect) => (effect.kind === 'open-case' ? [effect.reference] : [])));
          return step;
        }
        for (const need of step.needs) {
          if (need.need === 'fact') facts = [await fetchFact(service, step.during, need.name, ports(it)), ...facts];
          else found = { ...found, [JSON.stringify(need)]: answer(need, () => `BI-${++made}`, it) };
        }
      }
      throw new Error('needs without end');
    },
  };
  return it;
}

const SETTINGS = { council: { name: 'Wandlebridge', phone: '020 7946 0000' } } as unknown as Settings;

function ports({ world }: Shell): FactPorts {
  const lastRound = async () => {
    if (world.down) throw new Unavailable('rounds');
    return {
      stream: 'food',
      date: '2026-11-24',
      ...(world.exception && { exception: { code: 'contaminated', at: NOW } }),
    };
  };
  const openWithKey = async () => (world.open ? { reference: world.open } : undefined);
  return { collections: { lastRound }, cases: { openWithKey }, settings: SETTINGS, now: NOW } as unknown as FactPorts;
}

function answer(need: Exclude<Need, { readonly need: 'fact' }>, reference: () => string, { world }: Shell): Json {
  switch (need.need) {
    case 'open-case':
      return world.sameKey ? { reference: world.sameKey, openedAt: NOW } : null;
    case 'reference':
      return reference();
    case 'postcode':
      return need.postcode === 'WB1 2AB'
        ? { in: 'borough', postcode: need.postcode, position: { lat: 51.4, lon: -0.2 }, ward: 'Bridge' }
        : { in: 'elsewhere', postcode: need.postcode, authority: 'Ravensmere Council' };
    case 'addresses':
      return HOUSES.filter(({ number }) => need.query.number === undefined || need.query.number === number).filter(
        ({ line }) => !need.query.words || line.includes(need.query.words),
      ) as unknown as Json;
    case 'address':
      return HOUSES.find(({ uprn }) => uprn === need.uprn) as unknown as Json;
    default:
      return [];
  }
}

export function understood(
  words: string,
  entities: readonly (Pick<Entity, 'kind' | 'value'> & { readonly slot?: string })[] = [],
): Understanding {
  const full = entities.map(
    (entity): Entity => ({ ...entity, text: entity.value, start: 0, end: entity.value.length }),
  );
  return {
    text: words,
    language: { code: 'en', confidence: 1 },
    intents: [],
    band: 'none',
    emergency: false,
    alsoWants: [],
    entities: full,
  };
}

export const HOME = [
  { kind: 'postcode', value: 'WB1 2AB' },
  { kind: 'house-number', value: '3' },
] as const;
export const FOOD = { kind: 'choice', value: 'food', slot: 'stream' } as const;
