import type { CommandRead } from './commands';
import type { Form } from './form';
import type { Entity, Understanding } from './ports';
import type { Service } from './service';

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
}

export type Decision =
  | {
      readonly do: 'emergency' | 'agent' | 'repeat' | 'menu' | 'language' | 'status' | 'queued' | 'form' | 'yes' | 'no';
    }
  /** A choice that the assistant acts on. */
  | { readonly do: 'action'; readonly action: string }
  | { readonly do: 'intent'; readonly intent: string }
  | { readonly do: 'did-you-mean' }
  | { readonly do: 'none' };

const PLACE_ENTITIES: readonly Entity['kind'][] = ['postcode', 'house-number', 'number', 'flat', 'street'];
/** More words than that are a story, not a command. */
const SHORT = 9;

export function decide(situation: Situation): Decision {
  const { understanding, form } = situation;
  if (understanding.emergency && !isPlainAnswer(situation)) return { do: 'emergency' };
  return steering(situation) ?? (form && !isDigression(situation) ? { do: 'form' } : meaning(situation));
}

/** A button, a command word ("yes", "back"), or nothing but a recognised value ("food"): no detector of danger is asked about those. */
function isPlainAnswer({ understanding, chosen, command }: Situation): boolean {
  if (chosen !== undefined || command.command !== undefined) return true;
  return understanding.entities.some(({ start, end }) => end - start >= understanding.text.length - 1);
}

/** Buttons and commands that mean the same wherever they come. */
function steering({ understanding, chosen, command, form, yesNo }: Situation): Decision | undefined {
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
  return command.command === 'help' && !form ? { do: 'menu' } : undefined;
}

/** The label to act on, if the recogniser is sure. */
function strongest(understanding: Understanding): string | undefined {
  const best = understanding.intents[0]?.intent;
  return understanding.band === 'act' && best !== 'none' ? best : undefined;
}

/** Questions about places read nearly any words: a clear other want goes first, unless the words hold part of a place. */
function isDigression({ understanding, command, form, service }: Situation): boolean {
  if (form?.phase.at !== 'asking' || command.command !== undefined) return false;
  const kind = service?.slots[form.phase.slot]?.is.kind;
  if (kind !== 'address' && kind !== 'place') return false;
  const intent = strongest(understanding);
  const placed = understanding.entities.some((entity) => PLACE_ENTITIES.includes(entity.kind));
  return intent !== undefined && intent !== service?.id && !placed;
}

/** What a message is when no form reads it. */
export function meaning({ understanding, queued }: Pick<Situation, 'understanding' | 'queued'>): Decision {
  const best = understanding.intents[0]?.intent;
  if (best === 'emergency' && understanding.band === 'act') return { do: 'emergency' };
  const intent = strongest(understanding);
  if (intent) return { do: 'intent', intent };
  if (queued) return { do: 'queued' };
  return understanding.band === 'ask' && best !== 'none' ? { do: 'did-you-mean' } : { do: 'none' };
}
