import { blanked } from './blanking';
import { type BotTurn, beginService, hasKey, labelOf, openForm, tellForm } from './botTurn';
import { changeLanguage, namedLanguage } from './language';
import { menu, menuChoices, PERSON } from './menu';
import { askForPerson } from './person';
import type { ChoiceSaid, Entity, Params, Say, Understanding } from './ports';
import { signpost } from './signposts';
import { ACTION } from './talk';
import { isText } from './turn';
import { about, inOrder, oneByOne } from './wants';

type Answers = NonNullable<NonNullable<BotTurn['talk']['pending']>['answers']>;

/** What is done about a label, and about words that have none. */

const UNFINISHED_MS = 3_600_000;

export async function doIntent(turn: BotTurn, intent: string, understanding: Understanding): Promise<void> {
  turn.talk = { ...turn.talk, misses: 0 };
  if (turn.services.has(intent)) return await startFirst(turn, intent, understanding);
  if (intent === 'talk-to-agent') return await askForPerson(turn, 'asked', 'normal');
  if (intent === 'change-language') return await changeLanguage(turn, namedLanguage(turn, understanding.text));
  if (intent === 'thanks' || intent === 'goodbye') await closeFinished(turn);
  const small = smallTalk(turn, intent);
  if (!small) turn.talk = { ...turn.talk, ask: understanding.text.slice(0, 500) };
  const says = small ?? [link(turn, intent)];
  turn.says.push(...says);
  // Who leaves is not asked again; the form is offered when they come back.
  if (openForm(turn) && intent !== 'goodbye') await tellForm(turn, { kind: 'again' });
}

/** A form that has said all it had to say is over when the resident says thanks. */
async function closeFinished(turn: BotTurn): Promise<void> {
  const form = openForm(turn);
  const isOver = form?.reference !== undefined || form?.phase.at === 'stopped' || form?.phase.at === 'offered';
  if (isOver && turn.dc.stack.length === 1) await turn.dc.cancelAllDialogs();
}

/** Begins a service with what the message says, or takes up the unfinished form of it. */
export async function startService(
  turn: BotTurn,
  service: string,
  understanding?: Understanding,
  others: readonly string[] = understanding?.alsoWants ?? [],
): Promise<void> {
  const { draft, pending } = turn.talk;
  if (understanding) remember(turn, withoutPrivate(turn, service, understanding), others);
  const own = understanding && firstOfSeveral(turn, service, partAbout(turn, service, understanding));
  if (draft && draft.service === service && isFresh(turn)) {
    turn.talk = withoutDraft(turn.talk);
    await beginService(turn, {
      service,
      input: { kind: 'resume', ...(!understanding && { agreed: true }) },
      form: draft,
    });
    return;
  }
  const answers = pending?.answers ?? caseMeant(turn, service, understanding);
  await beginService(turn, {
    service,
    input: { kind: 'begin', ...(own && { understanding: own }), ...(answers && { answers }) },
  });
}

/** Of several bins the first; the others are taken up when it is done. */
export function firstOfSeveral(turn: BotTurn, service: string, understanding: Understanding): Understanding {
  const slot = turn.services.get(service)?.oneEach;
  if (!slot) return understanding;
  const { first, rest } = oneByOne(service, slot, understanding);
  if (rest) turn.talk = { ...turn.talk, also: [{ service, slot, understanding: rest }, ...(turn.talk.also ?? [])] };
  return first;
}

/** What an agent will see of it holds nothing that the service never takes. */
function withoutPrivate(turn: BotTurn, service: string, understanding: Understanding): Understanding {
  const own = turn.services.get(service);
  return own ? blanked(own, understanding) : understanding;
}

/** Who asks how it goes and names no case means the one just opened. */
function caseMeant(turn: BotTurn, service: string, understanding: Understanding | undefined): Answers | undefined {
  const reference = openForm(turn)?.reference ?? turn.talk.reference;
  const isNamed = understanding?.entities.some(({ kind }) => kind === 'reference') ?? false;
  if (service !== 'check-case' || reference === undefined || isNamed) return undefined;
  return { reference: { value: reference, words: reference, source: 'said' } };
}

/** Of several wants the one that is named first begins. */
async function startFirst(turn: BotTurn, intent: string, understanding: Understanding): Promise<void> {
  if (understanding.alsoWants.length === 0) return await startService(turn, intent, understanding);
  const wants = wantsInOrder(turn, understanding);
  const first = wants.includes(intent) ? (wants.find((id) => turn.services.has(id)) ?? intent) : intent;
  const others = wants.filter((id) => id !== first);
  await startService(turn, first, understanding, others);
}

function wantsInOrder(turn: BotTurn, understanding: Understanding): readonly string[] {
  const hint = { language: turn.language, now: turn.facts.now };
  const clauses = turn.parts.commands.clauses(understanding.text, turn.language);
  return inOrder(understanding, clauses, (text) => turn.parts.recogniser.recognise(text, hint));
}

function partAbout(turn: BotTurn, service: string, understanding: Understanding): Understanding {
  const { commands, recogniser } = turn.parts;
  const hint = { language: turn.language, now: turn.facts.now };
  const clauses = commands.clauses(understanding.text, turn.language);
  return about(service, understanding, clauses, (text) => recogniser.recognise(text, hint));
}

function remember(turn: BotTurn, understanding: Understanding, others: readonly string[]): void {
  const [second] = others.filter((id) => hasKey(turn, labelOf(id)));
  turn.talk = {
    ...turn.talk,
    ask: understanding.text.slice(0, 500),
    ...(second && { also: [{ service: second, understanding: partAbout(turn, second, understanding) }] }),
  };
}

const withoutDraft = <T extends { readonly draft?: unknown }>({ draft: _, ...talk }: T): Omit<T, 'draft'> => talk;

function isFresh(turn: BotTurn): boolean {
  const { draft } = turn.talk;
  const hours = turn.services.get(draft?.service ?? '')?.draftHours ?? 24;
  return draft !== undefined && turn.facts.now - draft.lastAt < hours * UNFINISHED_MS;
}

function smallTalk(turn: BotTurn, intent: string): readonly Say[] | undefined {
  const council = turn.settings.council.name;
  // The first text names the council by itself.
  const isKnown = turn.talk.greeted || isText(turn.facts.channel);
  switch (intent) {
    case 'greeting':
      return openForm(turn)
        ? []
        : [{ text: isKnown ? 'common:greeting.again' : 'common:greeting', params: { council } }, ...draftOffer(turn)];
    case 'thanks':
      return openForm(turn) ? [] : [{ text: 'common:thanks' }];
    case 'goodbye':
      return [{ text: 'common:goodbye' }];
    case 'help':
      return [menu(turn)];
    case 'bot-identity':
      return [{ text: 'common:identity', params: { council }, choices: [PERSON] }];
    default:
      return undefined;
  }
}

function draftOffer(turn: BotTurn): readonly Say[] {
  const { draft } = turn.talk;
  if (!draft || !isFresh(turn)) return [];
  const choices = [
    { value: ACTION.draft, label: 'common:yes' },
    { value: ACTION.nothing, label: 'common:no' },
  ] as const;
  return [{ text: 'common:draft', params: { title: { label: `${draft.service}:title` } }, choices }];
}

/** A label that has no dialog: its page, and a person. */
function link(turn: BotTurn, intent: string): Say {
  const links: { readonly [name: string]: string | undefined } = turn.settings.links;
  const url = links[intent];
  const title: Params = { title: hasKey(turn, labelOf(intent)) ? { label: labelOf(intent) } : intent };
  return url
    ? { text: 'common:link', params: { ...title, link: url }, choices: [PERSON] }
    : { text: 'common:linkless', params: title, choices: [PERSON] };
}

/** Less likely ones only confuse. */
const WORTH_OFFERING = 0.1;

/** Answers of a service that a message must hold, to begin it on a likely but unsure reading: they are read back anyway. */
const TELLING = 2;

/** The one likely service that the values in the message belong to, if they do to one only. */
export function toldFor(turn: BotTurn, { intents, entities }: Understanding): string | undefined {
  const telling = intents.filter(({ intent, confidence }, index) => {
    const slots = Object.entries(turn.services.get(intent)?.slots ?? {});
    const filled = slots.filter(([name, { is }]) => entities.some((entity) => answers(is.kind, name, entity)));
    return (index === 0 || confidence >= WORTH_OFFERING) && filled.length >= TELLING;
  });
  return telling.length === 1 && telling[0] === intents[0] ? telling[0]?.intent : undefined;
}

function answers(kind: string, slot: string, entity: Entity): boolean {
  if (kind === 'choice') return entity.slot === slot;
  return (kind === 'address' || kind === 'place') && (entity.kind === 'street' || entity.kind === 'postcode');
}

export function didYouMean(turn: BotTurn, understanding: Understanding): void {
  const likely = understanding.intents
    .filter(({ confidence }) => confidence >= WORTH_OFFERING)
    .map(({ intent }) => intent)
    .filter((id) => id !== 'none' && hasKey(turn, labelOf(id)));
  if (likely.length === 1 && likely[0] === 'help') {
    turn.says.push(menu(turn));
    return;
  }
  const choices = likely.slice(0, 3).map((id): ChoiceSaid => ({ value: ACTION.service(id), label: labelOf(id) }));
  // A guess that may as well be none needs one word of the directory, any other guess two.
  const isDoubtful = understanding.intents.slice(0, 2).some(({ intent }) => intent === 'none');
  const door = signpost(turn, understanding.text, isDoubtful ? 1 : 2);
  if (door) {
    turn.talk = { ...turn.talk, pending: { understanding }, ask: understanding.text.slice(0, 500) };
    turn.says.push({ ...door, choices: [...choices, ...(door.choices ?? [])] });
    return;
  }
  if (choices.length === 0) {
    notUnderstood(turn, understanding);
    return;
  }
  turn.talk = { ...turn.talk, pending: { understanding }, ask: understanding.text.slice(0, 500) };
  if (likely.length === 1) {
    turn.says.push(isItThis(likely[0] ?? ''));
    return;
  }
  turn.says.push({
    text: 'common:didYouMean',
    choices: [...choices, { value: ACTION.somethingElse, label: 'common:didYouMean.none' }],
  });
}

function isItThis(id: string): Say {
  const choices = [
    { value: ACTION.service(id), label: 'common:yes' },
    { value: ACTION.somethingElse, label: 'common:no' },
  ] as const;
  return { text: 'common:didYouMean.one', params: { title: { label: labelOf(id) } }, choices };
}

/** A known matter of somebody else gets its right door; else first an example, then a person. */
export function notUnderstood(turn: BotTurn, understanding: Understanding): void {
  const door = signpost(turn, understanding.text);
  if (door) {
    turn.says.push(door);
    return;
  }
  const misses = turn.talk.misses + 1;
  turn.talk = { ...turn.talk, misses, ask: understanding.text.slice(0, 500) };
  turn.effects.push({ kind: 'note-misunderstood', text: understanding.text.slice(0, 500) });
  if (misses === 1) turn.says.push({ text: 'common:none.first' });
  else if (misses % 2 === 0) turn.says.push({ text: 'common:none.offer', choices: [PERSON] });
  else turn.says.push({ text: 'common:none.still', choices: menuChoices(turn) });
}
