import en from '../../src/web/chat/text/en.json';
import ur from '../../src/web/chat/text/ur.json';
import { until } from '../server';
import { describeWith } from '../services';
import { heard, listen, tree } from './announcer';
import { withProduct } from './product';
import { write } from './resident';
import { agent, bot, me, offers, openScene, type Scene, type SceneOptions, system } from './scene';

jest.setTimeout(60_000);

describeWith('chromium', ({ executablePath }) => {
  const product = withProduct(executablePath);

  describe.each([
    ['en', en],
    ['ur', ur],
  ] as const)('%s', (language, texts) => {
    const open = (options: Partial<SceneOptions> = {}): Promise<Scene> =>
      openScene(product, { language, said: [bot('Hello.')], before: listen, ...options });
    /** Waits until so much was said; focus must not have moved. */
    async function hears(scene: Scene, focus: string, act: () => Promise<unknown>, expected: readonly string[]) {
      const { page } = scene;
      await heard(page);
      await act();
      const all: string[] = [];
      await until(`what is said: ${expected.join(' | ')}`, async () => {
        all.push(...(await heard(page)));
        return all.length >= expected.length;
      }).catch(() => {});
      expect(all).toEqual(expected);
      expect(await page.evaluate('document.activeElement.id')).toBe(focus);
    }

    test('the first visit: what there is, in reading order; focus stays', async () => {
      const scene = await open();
      await scene.page.locator('.message time').waitFor();
      const title = texts.title.replace('{council}', 'Wandlebridge');
      const lines = await tree(scene.page);
      const order = [
        `RootWebArea "${title}"`,
        'main',
        `heading "${title}"`,
        `combobox "${texts.language}"`,
        `button "${texts.end}"`,
        `log "${texts.log}" polite`,
        `link "${texts.accessibility}"`,
        `article "${texts.assistant}"`,
        'status polite',
        `textbox "${texts.message}"`,
        `button "${texts.send}"`,
      ];
      expect(lines.filter((line) => order.includes(line))).toEqual(order);
      expect(await scene.page.evaluate('document.activeElement.tagName')).toBe('BODY');
    });

    test('a report with choices: one’s own words, the answers in their order, then the choices as a named group', async () => {
      const scene = await open();
      const { assistant, you, sending } = texts;
      await scene.page.focus('#text');
      await hears(scene, 'text', () => write(scene.page, 'pothole'), [
        expect.stringMatching(`^polite: ${you}, pothole .*${sending}$`),
      ] as never);
      await hears(
        scene,
        'text',
        () =>
          scene.push(bot('Noted.', { timestamp: '' }), bot('Where is it?', { timestamp: '', ...offers('Yes', 'No') })),
        [`polite: ${assistant} Noted.`, `polite: ${assistant}, Where is it?`],
      );
      const lines = await tree(scene.page);
      expect(lines.slice(lines.indexOf(`group "${texts.choices}"`)).slice(0, 3)).toEqual([
        `group "${texts.choices}"`,
        'button "Yes"',
        'button "No"',
      ]);
    });

    test('that a message was sent and seen is not said; that it was not sent is, with the way to try again', async () => {
      const scene = await open({ post: 'lost' });
      await scene.page.focus('#text');
      await write(scene.page, 'pothole');
      await hears(scene, 'text', () => scene.page.locator('.failed').waitFor(), []);
      const all = await tree(scene.page);
      expect(all).toContain(`button "${texts.retry}"`);
    });

    test('a person comes and writes: said with the name, in their order', async () => {
      const scene = await open({ said: [bot('Hello.'), me('A person, please')] });
      await scene.page.focus('#text');
      await hears(
        scene,
        'text',
        () =>
          scene.push(
            { ...system('Amina has joined.'), timestamp: '' },
            { ...agent('How can I help?', 'Amina'), timestamp: '' },
          ),
        [`polite: ${texts.assistant} Amina has joined.`, 'polite: Amina How can I help?'],
      );
    });

    test('a history that is read back is not said; what comes after it is', async () => {
      const scene = await open({ said: [bot('Hello.'), me('pothole'), bot('Where is it?')], resumes: true });
      await scene.page.locator('.message').nth(2).waitFor();
      expect((await heard(scene.page)).filter((line) => /Where|pothole/.test(line))).toEqual([]);
      await until('news', () => scene.page.evaluate<boolean>(`document.getElementById('log').ariaLive === 'polite'`));
      await hears(scene, '', () => scene.push(bot('It is noted.', { timestamp: '' })), [
        `polite: ${texts.assistant}, It is noted.`,
      ]);
    });

    test('the end: asked, said as a status, focus on the way to go on', async () => {
      const scene = await open({ said: [bot('Hello.'), me('pothole')] });
      await scene.page.click('#end');
      expect(await scene.page.evaluate('document.activeElement.id')).toBe('endYes');
      await hears(scene, 'restart', () => scene.page.keyboard.press('Enter'), [`polite: ${texts.ended}`]);
    });

    test('no connection is said as a status', async () => {
      const scene = await open({ said: undefined });
      await until('the status', async () => (await heard(scene.page)).includes(`polite: ${texts.offline}`));
    });

    test('abuse: how to leave quickly is said; nobody there: asked at once, once', async () => {
      const scene = await open({ said: [bot('Hello.'), me('help')], clock: true });
      await scene.page.focus('#text');
      await scene.push(bot('Call 999.', { channelData: { quiet: true } }));
      const all: string[] = [];
      await until('how to leave', async () => {
        await scene.page.clock.runFor(100);
        all.push(...(await heard(scene.page)));
        return all.includes(`polite: ${texts.leaveHow}`);
      });
      await scene.page.clock.runFor(14 * 60_000);
      expect(await heard(scene.page)).toEqual([`assertive: ${texts.idleAsk}`]);
      expect(await scene.page.evaluate('document.activeElement.id')).toBe('text');
    });
  });
});
