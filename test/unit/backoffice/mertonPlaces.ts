import { join } from 'node:path';
import { createCommands } from '../../../src/conversation/commands';
import type { Form, FormInput } from '../../../src/conversation/form';
import type { Gazetteer, Recogniser, Rendered, Say } from '../../../src/conversation/ports';
import { createRender } from '../../../src/conversation/render';
import { defineService, type FactPorts, place } from '../../../src/conversation/service';
import type { Settings } from '../../../src/conversation/settings';
import { settle } from '../../../src/conversation/settle';

const LOCALES = join(__dirname, '..', '..', '..', 'locales');
const NOW = Date.parse('2026-11-24T15:10:00Z');

/** A service that asks for nothing but a place; it borrows the wording of potholes. */
const holes = defineService({
  id: 'pothole',
  letters: 'PH',
  slots: { place: place() },
  summary: false,
  endings: ['standard'],
  contact: 'no',
  submit: () => ({ ending: 'standard' }),
});

export interface Located {
  /** The place as it is read back, or what was asked instead, with its choices. */
  readonly outcome: string;
  readonly isLocated: boolean;
}

/** Gives descriptions of places to the engine as answers, one after the other, and tells what it made of the last. */
export function locator(
  gazetteer: Gazetteer,
  recogniser: Recogniser,
): (...said: readonly string[]) => Promise<Located> {
  const render = createRender(LOCALES);
  const commands = createCommands(LOCALES, ['en', 'pl']);
  const settings = { council: { shortName: 'Merton' } } as unknown as Settings;
  const known = {
    now: NOW,
    channel: 'web',
    language: 'en',
    settings,
    has: () => false,
    landmarkIn: (words: string) => commands.landmark(words, 'en'),
    isJunction: (words: string) => commands.junction(words, 'en'),
    isSame: (words: string) => commands.same(words, 'en'),
  };
  const around = { known, ports: { gazetteer } as unknown as FactPorts, newReference: () => 'PH-2' };
  const told = (say: Say | undefined): string => (say ? shown(render.say(say, 'en', NOW)) : 'unread');
  return async (...said) => {
    let form: Form | undefined;
    let last: Say | undefined;
    for (const words of ['', ...said]) {
      const step = await settle(holes, form, inputOf(words, form, recogniser), around);
      form = step?.state ?? form;
      last = step?.says.at(-1);
    }
    const answer = form?.answers.place?.value as { readonly line?: string } | undefined;
    return { outcome: answer?.line ?? told(last), isLocated: answer !== undefined };
  };
}

function inputOf(words: string, form: Form | undefined, recogniser: Recogniser): FormInput {
  if (!form) return { kind: 'begin' };
  return { kind: 'say', understanding: recogniser.recognise(words, { language: 'en', now: NOW }) };
}

const shown = ({ text, choices }: Rendered): string =>
  choices.length === 0 ? text : `${text} [${choices.map(({ title }) => title).join(' | ')}]`;
