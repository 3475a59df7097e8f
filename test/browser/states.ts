import type { Page } from 'playwright-core';
import { PNG } from '../files';
import { photoTakenAt } from '../photos';
import { DEMO_PLACES } from '../places';
import { until } from '../server';
import { write } from './resident';
import { agent, bot, me, offers, type Scene, type SceneOptions, type Shown, system } from './scene';

/** A moment of the chat that is looked at: what was said, and what is done then. */
export interface Moment {
  readonly name: string;
  readonly options?: Partial<Pick<SceneOptions, 'said' | 'post' | 'clock'>>;
  readonly act?: (scene: Scene) => Promise<unknown>;
}

const WORDS = {
  en: {
    hello: 'Hello, I am the automated assistant.',
    problem: 'There is a deep hole in the road.',
    where: 'Where is it?',
    name: 'Amina',
  },
  ur: {
    hello: 'السلام علیکم، میں خودکار معاون ہوں۔',
    problem: 'سڑک پر گہرا گڑھا ہے۔',
    where: 'یہ کہاں ہے؟',
    name: 'آمنہ',
  },
};
const LANGUAGES = [
  'العربية',
  'বাংলা',
  'Bangla (English okkhore)',
  'English',
  'Español',
  'Français',
  'Polski',
  'Português',
  'Română',
  'தமிழ்',
  'اردو',
  'Roman Urdu',
];
const PDF = Buffer.from('%PDF-1.4\n%%EOF');
const FILES = [
  { name: 'hole.png', mimeType: 'image/png', buffer: PNG },
  { name: 'letter.pdf', mimeType: 'application/pdf', buffer: PDF },
];
const CARD = {
  title: 'Recycling centre',
  text: '- Paper\n- Glass',
  buttons: [
    { type: 'openUrl', title: 'Opening hours', value: 'https://www.wandlebridge.example/' },
    { type: 'imBack', title: 'Book a visit', value: 'Book' },
  ],
};

/** Every state the chat can be in, at one moment each. */
export function moments(language: 'en' | 'ur'): readonly Moment[] {
  const { hello, problem, where, name } = WORDS[language];
  const start = [bot(hello)];
  const so = (...rest: Shown[]) => ({ said: [...start, me(problem), ...rest] });
  const asks = (kind: string, more: Shown = {}) => so(bot(where, { channelData: { asks: { kind, ...more } } }));
  const seen = (selector: string) => (scene: Scene) => scene.page.locator(selector).first().waitFor();
  return [
    { name: 'empty', options: { said: start } },
    { name: 'two choices', options: so(bot(where, offers('Yes', 'No'))), act: seen('.choices') },
    { name: 'twelve choices', options: so(bot(where, offers(...LANGUAGES))), act: seen('.choices') },
    { name: 'the assistant writes', options: so(), act: ({ push }) => push({ type: 'typing' }) },
    { name: 'a day', options: asks('date', { max: '2026-11-24' }), act: seen('#day') },
    { name: 'an address', options: asks('address'), act: ({ page }) => suggest(page, 'address') },
    { name: 'a place', options: asks('place'), act: seen('#mapButton') },
    { name: 'a place that a photo says', options: asks('place'), act: attachPlace },
    { name: 'the map', options: asks('place'), act: openMap },
    { name: 'a photo is asked for', options: asks('photo'), act: seen('#addPhoto') },
    { name: 'files to be sent', options: so(bot(where)), act: attach },
    {
      name: 'files sent',
      options: so(bot(where)),
      act: (scene) => attach(scene).then(() => scene.page.click('.send')),
    },
    { name: 'not sent', options: { ...so(), post: 'lost' }, act: fail(problem) },
    { name: 'refused', options: { ...so(), post: 'refused' }, act: fail(problem) },
    { name: 'a file of the wrong kind', options: so(bot(where)), act: wrongFile },
    { name: 'no connection', options: { said: undefined }, act: seen('#status:not(:empty)') },
    { name: 'in the line', options: so(system(where), bot(where, offers('Stop waiting'))), act: seen('.choices') },
    { name: 'with an adviser', options: so(agent(where, name)), act: seen('.message.agent') },
    {
      name: 'a card',
      options: so(bot('', { attachments: [{ contentType: 'x', content: CARD }] })),
      act: seen('.card'),
    },
    { name: 'a rating', options: asks('rating', { about: 'case' }), act: seen('.rating') },
    { name: 'asked whether to end', options: so(bot(where)), act: ({ page }) => page.click('#end') },
    { name: 'ended', options: so(bot(where)), act: ({ page }) => page.click('#end').then(() => page.click('#endYes')) },
    { name: 'asked whether somebody is there', options: { ...so(bot(where)), clock: true }, act: wait(13.5, '#stay') },
    { name: 'cleared', options: { ...so(bot(where)), clock: true }, act: wait(15.5, '#restart') },
    {
      name: 'leaving quickly',
      options: so(bot(where, { channelData: { quiet: true } })),
      act: seen('.leave p:not(:empty)'),
    },
    {
      name: 'rich text',
      options: so(bot(`**${hello}**\n\n- [${where}](https://example.org)\n- ${problem}`)),
      act: seen('.bubble a'),
    },
  ];
}

async function suggest(page: Page, field: string): Promise<void> {
  const suggestions = ['10 Sample Road', '12 Sample Road'].map((label) => ({ kind: 'address', label }));
  await page.route('**/chat/addresses**', (route) => route.fulfill({ json: { suggestions } }));
  await page.locator(`#${field}`).pressSequentially('sample');
  await page.locator('[role=option]').first().waitFor();
  await page.keyboard.press('ArrowDown');
}

async function openMap({ page }: Scene): Promise<void> {
  await page.click('#mapButton');
  await page.frameLocator('.map iframe').locator('#map').waitFor();
}

async function attach({ page }: Scene): Promise<void> {
  await page.setInputFiles('#file', FILES);
  await page.locator('.photos li').nth(1).waitFor();
}

async function attachPlace({ page }: Scene): Promise<void> {
  const buffer = photoTakenAt(DEMO_PLACES.sampleRoad);
  await page.setInputFiles('#file', { name: 'hole.jpg', mimeType: 'image/jpeg', buffer });
  await page.locator('#photoPlace').waitFor();
}

async function wrongFile({ page }: Scene): Promise<void> {
  await page.setInputFiles('#file', { name: 'song.mp3', mimeType: 'audio/mpeg', buffer: PDF });
  await page.locator('#status:not(:empty)').waitFor();
}

/** The part that looks whether somebody is there comes a moment after the rest, and notes what it sees: when, and a person who is waited for. */
export const untilWatched = (page: Page, noted: 'at' | 'attended' = 'at'): Promise<boolean> =>
  until('the watch', async () => {
    await page.clock.runFor(1000);
    return page.evaluate<boolean>(`Boolean(JSON.parse(sessionStorage.getItem('wandle.chat') ?? '{}').${noted})`);
  });

const fail =
  (words: string) =>
  async ({ page }: Scene) => {
    await write(page, words);
    await page.locator('.failed').waitFor();
  };

const wait =
  (minutes: number, selector: string) =>
  async ({ page }: Scene) => {
    await page.locator('.message').nth(1).waitFor();
    await untilWatched(page);
    await page.clock.runFor(minutes * 60_000);
    await page.locator(selector).waitFor();
  };
