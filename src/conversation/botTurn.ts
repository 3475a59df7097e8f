import type { TurnContext } from 'botbuilder';
import type { DialogContext } from 'botbuilder-dialogs';
import type { Commands } from './commands';
import type { Form, FormInput } from './form';
import type {
  Cases,
  Collections,
  Disclosures,
  Effect,
  Gazetteer,
  Handoff,
  Language,
  Recogniser,
  Render,
  Say,
  TextKey,
  Zones,
} from './ports';
import type { Service } from './service';
import { FORM_TURN, type FormStart, type FormTurn, SERVICE_DIALOG } from './serviceDialog';
import type { Settings } from './settings';
import type { Talk } from './talk';
import { placesTold } from './told';
import { isText, type TurnFacts } from './turn';

/** Everything the bot is made of. */
export interface BotParts {
  readonly recogniser: Recogniser;
  readonly render: Render;
  readonly commands: Commands;
  readonly services: readonly Service[];
  readonly gazetteer: Gazetteer;
  readonly collections: Collections;
  readonly cases: Cases;
  readonly handoff: Handoff;
  readonly zones: Zones;
  readonly disclosures: Disclosures;
  /** The settings of the present day. */
  readonly settings: () => Settings;
}

/** One turn under way: what it knows, and what it has collected to say and to do. */
export interface BotTurn {
  readonly parts: BotParts;
  readonly services: ReadonlyMap<string, Service>;
  readonly context: TurnContext;
  readonly dc: DialogContext;
  readonly facts: TurnFacts;
  readonly settings: Settings;
  readonly says: Say[];
  readonly effects: Effect[];
  talk: Talk;
  language: Language;
}

/**
 * Whatever is said unasked, or by another way, may be seen by somebody near. On text messages a number gets
 * a new owner in time.
 */
export function keepsQuiet({ talk, facts }: Pick<BotTurn, 'talk' | 'facts'>): boolean {
  return talk.quietSince !== undefined && facts.now - talk.quietSince < QUIET_MS;
}

const QUIET_MS = 30 * 86_400_000;

/** The last thing said was about danger, a short while ago. */
export function inDanger({ talk, facts }: Pick<BotTurn, 'talk' | 'facts'>): boolean {
  return talk.danger !== undefined && facts.now - talk.danger.at < DANGER_MS;
}

const DANGER_MS = 2 * 3_600_000;

/** The form on top of the stack. */
export function openForm(turn: BotTurn): Form | undefined {
  return (turn.dc.activeDialog?.state as { readonly form?: Form } | undefined)?.form;
}

export function hasKey(turn: BotTurn, key: TextKey): boolean {
  return turn.parts.render.has(key, turn.language);
}

/** What a label is called: "pothole or broken pavement". */
export function labelOf(id: string): TextKey {
  return `common:label.${id}`;
}

/** Gives an input to the form on top. False: the form cannot read it, and nothing has changed. */
export async function tellForm(turn: BotTurn, input: FormInput): Promise<boolean> {
  const form = setUp(turn, input);
  await turn.dc.continueDialog();
  return take(turn, form);
}

/** Puts a service on top: whatever runs goes on when it is over. */
export async function beginService(turn: BotTurn, start: FormStart): Promise<boolean> {
  const form = setUp(turn, start.input);
  await turn.dc.beginDialog(SERVICE_DIALOG, start);
  return take(turn, form);
}

function setUp(turn: BotTurn, input: FormInput): FormTurn {
  const { facts, parts, settings, language } = turn;
  const phone =
    isText(facts.channel) && /^\+\d{8,15}$/.test(turn.context.activity.from?.id ?? '')
      ? turn.context.activity.from.id
      : undefined;
  const { gazetteer, collections, cases, handoff, zones, disclosures } = parts;
  const form: FormTurn = {
    input,
    known: {
      now: facts.now,
      channel: facts.channel,
      language,
      settings,
      has: (key) => hasKey(turn, key),
      words: (key) => parts.render.words(key, language),
      landmarkIn: (words) => parts.commands.landmark(words, language),
      isJunction: (words) => parts.commands.junction(words, language),
      isSame: (words) => parts.commands.same(words, language),
      before: { ...turn.talk.told, ...placesTold(formsOf(turn), turn.services) },
      quiet: keepsQuiet(turn),
      ...(phone && { phone }),
    },
    ports: {
      gazetteer,
      collections,
      cases,
      handoff,
      zones,
      disclosures,
      settings,
      now: facts.now,
      ...(phone && { phone }),
    },
    newReference: facts.newReference,
    understand: (words) => parts.recogniser.recognise(words, { language, now: facts.now }),
    says: [],
    effects: [],
    unread: false,
    ended: undefined,
  };
  turn.context.turnState.set(FORM_TURN, form);
  return form;
}

const formsOf = (turn: BotTurn): readonly (Form | undefined)[] =>
  turn.dc.stack.map(({ state }) => (state as { readonly form?: Form }).form);

/** Form that ended in this turn, by its `how`. */
export const ENDED = 'wandle.ended';

function take(turn: BotTurn, form: FormTurn): boolean {
  if (form.unread) return false;
  turn.says.push(...form.says);
  turn.effects.push(...form.effects);
  if (form.ended) {
    turn.context.turnState.set(ENDED, form.ended);
    turn.talk = { ...turn.talk, told: { ...turn.talk.told, ...placesTold([form.ended.form], turn.services) } };
  }
  return true;
}
