import { readFileSync, writeFileSync } from 'node:fs';
import { type Activity, BotAdapter, MemoryStorage, type ResourceResponse, TurnContext } from 'botbuilder';
import { Document, parseDocument } from 'yaml';
import { createBot } from '../../src/conversation/bot';
import { momentOf } from '../../src/conversation/calendar';
import type { Effect, Json } from '../../src/conversation/ports';
import { makeReference } from '../../src/conversation/reference';
import { EFFECTS, TURN, type TurnFacts } from '../../src/conversation/turn';
import { noteSaid, noteSteered } from './coverage';
import { type Header, type Kit, makeWorld, theKit } from './world';

/**
 * Conversations as a council officer reads them. Only what comes from outside is sent (`resident`, `presses`, `shares`, `photo`, `later`,
 * `person`); everything the assistant says and does is compared.
 *
 *   resident: words            presses: title of a button     shares: { latitude, longitude }    photo: file name
 *   neighbour: words          said while somebody else sends the same report, whose turn is committed first: this one's is run anew
 *   ends: the chat             the resident ends it
 *   desk: empty | staffed      the last agent leaves, or one comes
 *   later: 3h                  time passes, timers fall due    person: done                        a person gives it back
 *   closes: { reference, note }  the desk closes a case
 *   wandle: text [A | B]       case, follow, raised, contact, handoff, message, timer, alert, language, blanked: what it does
 *
 * The messages up to the first `case` or `follow` of the service that a file is named after (or its `done.*` text) are counted for the
 * table in the README (`messages.test.ts`).
 */
export type Line = { readonly [kind: string]: Json };
export interface Script {
  readonly header: Header;
  readonly cases: readonly { readonly name: string; readonly lines: readonly Line[] }[];
}

const HEADER = new Set([
  'service',
  'now',
  'language',
  'channel',
  'collections',
  'unavailable',
  'addresses',
  'agents',
  'settings',
]);
const INPUTS = new Set([
  'resident',
  'neighbour',
  'presses',
  'shares',
  'photo',
  'later',
  'person',
  'desk',
  'closes',
  'ends',
]);

export function readScript(path: string): Script {
  const content = parseDocument(readFileSync(path, 'utf8')).toJS() as { readonly [key: string]: unknown };
  const cases = Object.entries(content).filter(([key]) => !HEADER.has(key));
  return {
    header: content as unknown as Header,
    cases: cases.map(([name, lines]) => ({ name, lines: (lines ?? []) as Line[] })),
  };
}

/** Writes what really happened back into the file, for review. */
export function writeScript(path: string, transcripts: ReadonlyMap<string, readonly Line[]>): void {
  const document = parseDocument(readFileSync(path, 'utf8'));
  for (const [name, lines] of transcripts) {
    const sequence = new Document(lines).contents;
    if (sequence) document.set(name, sequence);
  }
  writeFileSync(path, document.toString({ lineWidth: 0, flowCollectionPadding: true }));
}

/** Plays the inputs of one conversation and answers the whole transcript. */
export async function play(header: Header, lines: readonly Line[]): Promise<readonly Line[]> {
  const conversation = await open(header);
  const transcript: Line[] = [];
  for (const line of lines.filter((each) => Object.keys(each).some((kind) => INPUTS.has(kind)))) {
    transcript.push(line, ...(await conversation.send(line)));
  }
  return transcript;
}

const PHONE = '+447700900123';

async function open(header: Header) {
  const clock = { now: momentOf(header.now.slice(0, 10), header.now.slice(11, 16)) };
  const desk: { agents: 'none' | undefined } = { agents: header.agents };
  const world = await makeWorld(header, () => clock.now, desk);
  const kit = await theKit();
  const memory: { [key: string]: string } = {};
  const create = createBot({ ...watched(kit, () => formOnTop(memory)), ...world });
  const bot = create(new MemoryStorage(memory));
  const channel = header.channel ?? 'web';
  const timers = new Map<string, { readonly at: number; readonly value: Json }>();
  let made = 0;
  const facts = {
    language: header.language,
    explicit: false,
    hold: 'bot' as TurnFacts['hold'],
    offered: [] as readonly Action[],
  };
  const seed = (below: number): number => (made++ * 7 + 3) % below;

  const run = async (assistant: typeof bot, activity: Partial<Activity>) => {
    const adapter = new Recorder();
    const effects: Effect[] = [];
    const from = { id: channel === 'sms' ? PHONE : 'resident', name: '' };
    const context = new TurnContext(adapter, {
      ...activity,
      id: 'a',
      channelId: channel,
      from,
      recipient: { id: 'wandle', name: 'Wandle' },
      conversation: { id: 'c' },
    } as Activity);
    context.turnState.set(EFFECTS, effects);
    context.turnState.set(TURN, {
      conversationId: 'c',
      channel,
      now: clock.now,
      language: facts.language,
      languageExplicit: facts.explicit,
      hold: facts.hold,
      newReference: (letters) => makeReference(letters, seed),
    } satisfies TurnFacts);
    await assistant.run(context);
    return { sent: adapter.sent, effects };
  };

  /** A turn of somebody else, with the same words at the same point. */
  const neighbour = async (activity: Partial<Activity>): Promise<void> => {
    const { effects } = await run(create(new MemoryStorage({ ...memory })), activity);
    for (const effect of effects) world.apply(effect);
  };

  const turn = async (activity: Partial<Activity>): Promise<readonly Line[]> => {
    const { sent, effects } = await run(bot, activity);
    for (const effect of effects) {
      world.apply(effect);
      if (effect.kind === 'set-language')
        Object.assign(facts, { language: effect.language, explicit: effect.explicit });
      if (effect.kind === 'request-handoff') facts.hold = 'queued';
      if (effect.kind === 'cancel-handoff') facts.hold = 'bot';
      if (effect.kind === 'set-timer') timers.set(effect.name, { at: effect.at, value: effect.value ?? null });
      if (effect.kind === 'cancel-timer') timers.delete(effect.name);
      if (effect.kind === 'cancel-timers') timers.clear();
    }
    facts.offered =
      sent.at(-1)?.suggestedActions?.actions.map(({ title, value }) => ({ title, value })) ?? facts.offered;
    return [...sent.map(spoken), ...effects.flatMap(done)];
  };

  const pass = async (words: string): Promise<readonly Line[]> => {
    const until = clock.now + duration(words);
    const said: Line[] = [];
    for (;;) {
      const [next] = [...timers].filter(([, { at }]) => at <= until).sort((a, b) => a[1].at - b[1].at);
      if (!next) break;
      const [name, { at, value }] = next;
      timers.delete(name);
      clock.now = at;
      said.push(...(await turn({ type: 'event', name: 'timer', value: { name, value } })));
    }
    clock.now = until;
    return said;
  };

  if (channel === 'web') await turn({ type: 'conversationUpdate', membersAdded: [{ id: 'resident', name: '' }] });
  return {
    send: async (line: Line): Promise<readonly Line[]> => {
      if (typeof line.later === 'string') return await pass(line.later);
      if (line.desk !== undefined) {
        desk.agents = line.desk === 'empty' ? 'none' : undefined;
        return [];
      }
      if (line.closes !== undefined) {
        world.close(line.closes as { readonly reference: string; readonly note?: string });
        return [];
      }
      if (line.ends !== undefined) return await turn({ type: 'endOfConversation' });
      if (line.person !== undefined) {
        facts.hold = 'bot';
        return await turn({ type: 'event', name: 'handoff.status', value: { state: 'completed', outcome: 'solved' } });
      }
      if (line.neighbour !== undefined) await neighbour(messageOf(line, facts.offered));
      return await turn(messageOf(line, facts.offered));
    },
  };
}

/** The kit, with notes of what is said and commanded. */
function watched(kit: Kit, service: () => string | undefined): Kit {
  const { render, commands } = kit;
  return {
    ...kit,
    render: {
      ...render,
      say: (say, language, now) => {
        noteSaid(say);
        return render.say(say, language, now);
      },
    },
    commands: {
      ...commands,
      read: (text, language, channel) => {
        const read = commands.read(text, language, channel);
        const on = service();
        if (on && read.command) noteSteered(on, read.command);
        if (on && read.correcting !== undefined) noteSteered(on, 'change');
        return read;
      },
    },
  };
}

/** The service whose form is on top of the stack, in the bot's stored state. */
function formOnTop(memory: { readonly [key: string]: string }): string | undefined {
  for (const text of Object.values(memory)) {
    const { dialogs } = JSON.parse(text) as { readonly dialogs?: { readonly dialogStack?: readonly Frame[] } };
    const top = dialogs?.dialogStack?.at(-1)?.state?.form?.service;
    if (top) return top;
  }
  return undefined;
}
interface Frame {
  readonly state?: { readonly form?: { readonly service?: string } };
}

interface Action {
  readonly title: string;
  readonly value: unknown;
}

function messageOf(line: Line, offered: readonly Action[]): Partial<Activity> {
  if (typeof line.presses === 'string') {
    const action = offered.find(({ title }) => title === line.presses);
    if (!action) throw new Error(`no button ${line.presses} among ${offered.map(({ title }) => title).join(' | ')}`);
    return { type: 'message', text: action.title, value: action.value };
  }
  if (line.shares !== undefined)
    return { type: 'message', text: '', entities: [{ type: 'GeoCoordinates', ...(line.shares as object) }] };
  if (line.photo !== undefined)
    return { type: 'message', text: '', attachments: [{ contentType: 'image/jpeg', contentUrl: String(line.photo) }] };
  return { type: 'message', text: String(line.resident ?? line.neighbour) };
}

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

function duration(words: string): number {
  const [, count = '0', unit = 'h'] = /^(\d+)([mhd])$/.exec(words) ?? [];
  return Number(count) * UNITS[unit as keyof typeof UNITS];
}

class Recorder extends BotAdapter {
  readonly sent: Partial<Activity>[] = [];
  override async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    this.sent.push(...activities);
    return activities.map(() => ({ id: '' }));
  }
  override async updateActivity(): Promise<void> {}
  override async deleteActivity(): Promise<void> {}
  override async continueConversation(): Promise<void> {}
}

function spoken({ text, suggestedActions }: Partial<Activity>): Line {
  const titles = suggestedActions?.actions.map(({ title }) => title).join(' | ');
  return { wandle: titles ? `${text} [${titles}]` : (text ?? '') };
}

/** What a reader of a test wants to know of an effect. */
function done(effect: Effect): readonly Line[] {
  switch (effect.kind) {
    case 'open-case':
      return [{ case: { service: effect.service, ...short(effect.answers) } }];
    case 'follow-case':
      return [{ follow: effect.reference }, ...(effect.raise ? [{ raised: effect.raise.facts }] : [])];
    case 'contact-for-case':
      return [{ contact: effect.contact }];
    case 'request-handoff':
      return [
        {
          handoff: {
            reason: effect.reason,
            lane: effect.lane,
            ask: effect.ask,
            facts: effect.facts.map(({ name, value, source }) => `${name}: ${value} (${source})`),
          },
        },
      ];
    case 'note-for-case':
      return [
        { note: { reference: effect.reference, what: effect.what, text: effect.text, photo: effect.photo ?? null } },
      ];
    case 'leave-message':
      return [{ message: { how: effect.how, ask: effect.ask, contact: effect.contact ?? null } }];
    case 'set-timer':
      return effect.name === 'form-left' || effect.name === 'queue'
        ? []
        : [{ timer: { name: effect.name, at: new Date(effect.at).toISOString() } }];
    case 'set-language':
      return [{ language: effect.language }];
    case 'alert':
      return [{ alert: effect.quiet ? `${effect.what}, quiet` : effect.what }];
    case 'cancel-timers':
      return [{ timers: 'cancelled' }];
    case 'blank-words':
      return [{ blanked: effect.words }];
    case 'cancel-handoff':
      return [{ handoff: 'cancelled' }];
    default:
      return [];
  }
}

function short(answers: { readonly [slot: string]: Json }): { readonly [slot: string]: Json } {
  const line = (value: Json): Json => {
    if (typeof value !== 'object' || value === null || !('line' in value)) return value;
    return 'uprn' in value ? `${String(value.line)}, ${String(value.postcode)}` : (value.line as Json);
  };
  return Object.fromEntries(Object.entries(answers).map(([slot, value]) => [slot, line(value)]));
}
