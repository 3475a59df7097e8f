import type { Command } from '../../src/conversation/form';
import type { Say } from '../../src/conversation/ports';
import type { Service } from '../../src/conversation/service';
import { textKeys } from '../../src/conversation/textKeys';

/** What the conversations have made the assistant say and the residents do: so that no stop, refusal, ending or command goes untried. */

const said = new Set<string>();
const steered = new Set<string>();

/** Notes every text that is worded. */
export function noteSaid({ text, params = {}, choices = [] }: Say): void {
  said.add(text.replace(/\.sms$/, ''));
  for (const param of Object.values(params))
    if (typeof param === 'object' && 'text' in param && typeof param.text === 'string') said.add(param.text);
  for (const { label } of choices) if (typeof label === 'string') said.add(label);
}

/** Notes a command of a resident while a service's form is on top. */
export function noteSteered(service: string, command: Command): void {
  steered.add(`${service} ${command}`);
}

/** What a service can say when it ends, stops, refuses or comes back. */
const TOLD = /:(done|stop)\.|\.reject\.|:(reminder|followUp|neverTaken)$/;

/** Texts of a service that no conversation has led to. */
export function unsaid(service: Service): readonly string[] {
  return textKeys(service).filter((key) => TOLD.test(key) && !said.has(key));
}

/** What a resident may do to any form. */
const REPAIR = [
  'back',
  'change',
  'skip',
  'repeat',
  'help',
  'start-over',
  'stop',
  'dont-know',
  'agent',
  'language',
  'go-on',
] as const satisfies readonly Command[];

/** Repair commands that nobody has given while the service's form was on top. */
export function untried(service: string): readonly string[] {
  return REPAIR.filter((command) => !steered.has(`${service} ${command}`));
}
