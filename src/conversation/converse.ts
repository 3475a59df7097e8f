import type { CommandRead } from './commands';
import type { Form } from './form';
import type { Entity, Understanding } from './ports';
import { belongsElsewhere, isOwnChoices, takes, wordsBeside } from './reading/elsewhere';
import type { Service } from './service';
import { ACTION } from './talk';

/** What a message is, in the context it came in. Pure: what is done about it stands in `bot.ts`. */

export interface Situation {
  readonly understanding: Understanding;
  /** Value of the offered choice that was taken. */
  readonly chosen: string | undefined;
  readonly command: CommandRead;
  /** The form on top, and its service. */
  readonly form: Form | undefined;
  readonly service: Service | undefined;
  /** Waiting for a person. */
  readonly queued: boolean;
  /** The assistant itself asked yes or no. */
  readonly yesNo: boolean;
  /** Several things were offered to choose from. */
  readonly offering: boolean;
  /** Words of danger are among them ("gas"), whatever the recogniser says. */
  readonly namesDanger: boolean;
  /** The whole message says where something is: "next to the library". */
  readonly isLandmark: boolean;
  /** The last answer was about an emergency. */
  readonly afterEmergency: boolean;
}

export type Decision =
  | {
      readonly do:
        | 'emergency'
        | 'after-emergency'
        | 'agent'
        | 'repeat'
        | 'menu'
        | 'language'
        | 'status'
        | 'queued'
        | 'form'
        | 'yes'
        | 'no';
    }
  /** A choice that the assistant acts on. */
  | { readonly do: 'action'; readonly action: string }
  | { readonly do: 'intent'; readonly intent: string }
  | { readonly do: 'did-you-mean' }
  | { readonly do: 'none' };

const PLACE_ENTITIES: readonly Entity['kind'][] = [
  'postcode',
  'house-number',
  'number',
  'flat',
  'street',
  'unknown-street',
];
/** More words than that are a story, not a command. */
const SHORT = 9;

export function decide(situation: Situation): Decision {
  const { understanding, form } = situation;
  if (understanding.emergency && !isPlainAnswer(situation)) return { do: 'emergency' };
  if (situation.afterEmergency && isSmall(situation)) return { do: 'after-emergency' };
  return steering(situation) ?? (form && !isDigression(situation) ? { do: 'form' } : meaning(situation));
}

/**
 * A button, a command word ("yes", "back"), nothing but a recognised value ("food"), or a few words that hold a value of the question
 * asked ("it could hurt cyclists"): no detector of danger is asked about those.
 */
function isPlainAnswer(situation: Situation): boolean {
  const { understanding, chosen, command } = situation;
  if (chosen !== undefined || command.command !== undefined) return true;
  if (understanding.entities.some(({ start, end }) => end - start >= understanding.text.length - 1)) return true;
  return !situation.namesDanger && understanding.text.split(' ').length < SHORT && isLikelyAnswer(situation);
}

/** Words in doubt, while a form asks for words or for one of its choices, and a choice is named. */
function isLikelyAnswer({ understanding, form, service }: Situation): boolean {
  const [best] = understanding.intents;
  if (form?.phase.at !== 'asking' || understanding.band === 'act') return false;
  const { slot } = form.phase;
  if (understanding.entities.some((entity) => entity.slot === slot)) return best?.intent !== 'emergency';
  return service?.slots[slot]?.is.kind === 'text' && (best?.confidence ?? 0) < DOUBTFUL;
}

const DOUBTFUL = 0.5;

/** "ok", "thanks": an answer to the numbers, not to a form. */
function isSmall({ understanding, chosen, command }: Situation): boolean {
  if (chosen !== undefined) return false;
  const intent = strongest(understanding) ?? '';
  return command.command === 'yes' || command.command === 'no' || ['thanks', 'goodbye', 'greeting'].includes(intent);
}

/** Buttons and commands that mean the same wherever they come. */
function steering({ understanding, chosen, command, form, yesNo, offering, queued }: Situation): Decision | undefined {
  if (chosen === 'cmd:agent') return { do: 'agent' };
  if (chosen?.startsWith('do:')) return { do: 'action', action: chosen };
  if (chosen !== undefined && form) return { do: 'form' };
  const intent = strongest(understanding);
  const brief = understanding.text.split(' ').length < SHORT;
  if (command.command === 'agent' || (intent === 'talk-to-agent' && brief)) return { do: 'agent' };
  if (command.command === 'language' || (intent === 'change-language' && brief)) return { do: 'language' };
  if (command.command === 'repeat') return { do: 'repeat' };
  if (command.command === 'menu') return { do: 'menu' };
  if (command.status && understanding.entities.some(({ kind }) => kind === 'reference')) return { do: 'status' };
  if (yesNo && (command.command === 'yes' || command.command === 'no')) return { do: command.command };
  if (offering && !form && !queued && command.command === 'yes') return { do: 'repeat' };
  if (queued && !form && command.command === 'stop') return { do: 'action', action: ACTION.cancelHandoff };
  return form || queued ? undefined : outsideForms(command);
}

/** Commands that find nothing to steer: a no or a stop is heard, the others want to know what there is. */
function outsideForms({ command, changing }: CommandRead): Decision | undefined {
  if (command === undefined || changing !== undefined) return undefined;
  return command === 'no' || command === 'stop' ? { do: 'action', action: ACTION.nothing } : { do: 'menu' };
}

/** The label to act on, if the recogniser is sure. */
function strongest(understanding: Understanding): string | undefined {
  const best = understanding.intents[0]?.intent;
  return understanding.band === 'act' && best !== 'none' ? best : undefined;
}

/**
 * A clear other want goes before the form's question, unless the message answers that: questions about places read nearly any words,
 * and stray dates and numbers would fill what was not asked.
 */
function isDigression(situation: Situation): boolean {
  const { understanding, command, form, service, isLandmark } = situation;
  if (form?.phase.at !== 'asking' || command.command !== undefined || command.changing !== undefined) return false;
  const { slot } = form.phase;
  const is = service?.slots[slot]?.is;
  const intent = strongest(understanding);
  if (!service || !is || intent === undefined || intent === service.id) return false;
  if (is.kind === 'text') return is.max <= SHORT_TEXT && asks(understanding);
  if (is.kind !== 'address' && is.kind !== 'place')
    return (
      saysMuch(service, understanding) &&
      (asks(understanding) || !understanding.entities.some((entity) => takes(service, slot, entity)))
    );
  // "next to the library" says where, though it names a service.
  if (isLandmark || belongsElsewhere(service, slot, understanding) || isOwnChoices(service, understanding))
    return false;
  const placed = understanding.entities.some(({ kind }) => PLACE_ENTITIES.includes(kind));
  return !placed || (saysMuch(service, understanding) && (understanding.intents[0]?.confidence ?? 0) >= CERTAIN);
}

const asks = ({ text }: Understanding): boolean => text.trimEnd().endsWith('?');

const CERTAIN = 0.9;
/** Names and addresses; longer ones are stories, which may well ask something. */
const SHORT_TEXT = 300;
const MUCH = 4;

/** More than a value or two for this form: so many words that belong to none. */
function saysMuch(service: Service, { text, entities }: Understanding): boolean {
  const slots = Object.keys(service.slots);
  const values = entities.filter((entity) => slots.some((name) => takes(service, name, entity)));
  return wordsBeside(text, values).length >= MUCH;
}

/** What a message is when no form reads it. */
export function meaning({ understanding, queued }: Pick<Situation, 'understanding' | 'queued'>): Decision {
  const best = understanding.intents[0]?.intent;
  if (best === 'emergency' && understanding.band === 'act') return { do: 'emergency' };
  const intent = strongest(understanding);
  if (intent) return { do: 'intent', intent };
  // A case is named and nothing else is sure.
  if (understanding.entities.some(({ kind }) => kind === 'reference')) return { do: 'intent', intent: 'check-case' };
  if (queued) return { do: 'queued' };
  return understanding.band === 'ask' && best !== 'none' ? { do: 'did-you-mean' } : { do: 'none' };
}
