/** What a resident does and sees in the chat. */
import type { Locator, Page } from 'playwright-core';

/** A page, or the panel in one. */
type Place = Pick<Page, 'locator'>;

export const bubbles = (place: Place, who: 'me' | 'bot'): Locator => place.locator(`.message.${who} .bubble`);

/** Of a case. */
export const REFERENCE = /[A-Z]{2}-[A-Z2-9]{3}-[A-Z2-9]{3}/;

/** All that was said, in its order. */
export const shown = (place: Place): Promise<string[]> => place.locator('.message .bubble').allTextContents();

/** The first words are there, with the script behind them. */
export const greeted = (place: Place): Promise<void> => place.locator('.message.bot time').first().waitFor();

export async function write(place: Place, words: string): Promise<void> {
  await place.locator('#text').fill(words);
  await place.locator('#text').press('Enter');
}

/** Does something that sends a message; resolves with what the assistant said to it, a line for each of its messages. */
export async function answered(place: Place, act: () => Promise<unknown>): Promise<string> {
  const said = bubbles(place, 'bot');
  const before = await said.count();
  await act();
  await said.nth(before).waitFor();
  await place.locator('.typing').waitFor({ state: 'detached' });
  return (await said.allTextContents()).slice(before).join('\n');
}

export const say = (place: Place, words: string): Promise<string> => answered(place, () => write(place, words));
