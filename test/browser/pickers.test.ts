import type { BrowserContextOptions, Page } from 'playwright-core';
import { PNG } from '../files';
import { DEMO_PLACES } from '../places';
import { until } from '../server';
import { describeWith } from '../services';
import { PHONE, violations, withoutComplaints } from './browser';
import { exported, withProduct } from './product';
import { answered, bubbles, greeted, say, write } from './resident';

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF');
const ELSEWHERE = { latitude: 48.85, longitude: 2.35 };

jest.setTimeout(60_000);

describeWith('chromium', ({ executablePath }) => {
  const product = withProduct(executablePath);
  const { watch } = withoutComplaints();

  async function open(language = 'en', options: BrowserContextOptions = {}): Promise<Page> {
    const before = (page: Page) => watch(page, product.server.url);
    const page = await product.open(`/chat?lang=${language}`, { viewport: PHONE, before, ...options });
    await greeted(page);
    return page;
  }
  const mine = (page: Page) => bubbles(page, 'me').last().textContent();
  /** No violation, one direction of scrolling, targets of 44 pixels. */
  async function isSound(page: Page): Promise<void> {
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    const small = await page.$$eval('button, input:not([type=file]), [role=option]', (elements) =>
      elements
        .map((element) => element.getBoundingClientRect())
        .filter(({ width, height }) => width > 0 && (width < 43.9 || height < 43.9))
        .map(({ width, height }) => `${width} x ${height}`),
    );
    expect(small).toEqual([]);
  }
  const mapOf = (page: Page) => page.frameLocator('.map iframe').locator('#map');
  const focused = (page: Page) => page.evaluate<string>('document.activeElement.id');

  describe.each([
    ['en', 'I want to make a complaint', 'Nobody has answered my letters about the bins.', 'Friday 20 November 2026'],
    ['ur', 'شکایت درج کرنی ہے', 'کسی نے میرے خطوں کا جواب نہیں دیا۔', '20 نومبر'],
  ])('a day (%s)', (language, want, story, spoken) => {
    test('is picked from the calendar, sent as a day the assistant reads, shown as people say it', async () => {
      const page = await open(language);
      await say(page, want);
      await say(page, story);
      await page.locator('#day').waitFor();
      expect(await page.getAttribute('#day', 'max')).toBe('2026-11-24');
      expect(await page.getAttribute('#day', 'min')).toBeNull();
      await isSound(page);
      await page.fill('#day', '2026-11-20');
      const answer = await answered(page, () => page.press('#day', 'Enter'));
      expect(await mine(page)).toContain(spoken);
      expect(answer).toMatch(/20 (November|نومبر)/);
      expect(await focused(page)).toBe('text');
      await page.locator('#day').waitFor({ state: 'detached' });
    });
  });

  test('words always do where a day is asked', async () => {
    const page = await open();
    await say(page, 'I want to make a complaint');
    await say(page, 'Nobody has answered my letters about the bins.');
    await page.locator('#day').waitFor();
    expect(await say(page, 'last Friday')).toContain('Friday 20 November');
  });

  describe.each([
    ['en', 'My rubbish bin was not emptied', 'Suggestions: 1'],
    ['ur', 'میرا کوڑے دان خالی نہیں کیا گیا', 'تجاویز: 1'],
  ])('an address (%s)', (language, want, announced) => {
    test('is found by keyboard, street first, and taken', async () => {
      const page = await open(language);
      await say(page, want);
      const field = page.locator('#address');
      await field.focus();
      await page.keyboard.type('roa');
      await page.locator('[role=option]').nth(7).waitFor();
      await isSound(page);
      await field.fill('10 sampl');
      await page.locator('[role=option]').first().waitFor();
      const status = page.locator('.combobox [role=status]');
      await until('the count', async () => (await status.textContent()) === announced);
      expect(await field.getAttribute('aria-expanded')).toBe('true');
      await page.keyboard.press('ArrowDown');
      expect(await field.getAttribute('aria-activedescendant')).toBe('address-0');
      await page.keyboard.press('Escape');
      await page.locator('[role=option]').first().waitFor({ state: 'detached' });
      await page.keyboard.type('e');
      await page.locator('[role=option]').first().waitFor();
      await page.keyboard.press('ArrowUp');
      await isSound(page);
      await answered(page, () => page.keyboard.press('Enter'));
      expect(await mine(page)).toBe('10 Sample Road, WB1 2AB');
      expect(await focused(page)).toBe('text');
    });
  });

  test('an address that the list lacks is sent as it was written', async () => {
    const page = await open();
    await say(page, 'My rubbish bin was not emptied');
    await page.locator('#address').fill('Nowhere Boulevard');
    await page.getByText('Nothing found.').waitFor();
    await isSound(page);
    await answered(page, () => page.press('#address', 'Enter'));
    expect(await mine(page)).toBe('Nowhere Boulevard');
  });

  const { sampleRoad } = DEMO_PLACES;
  test.each([
    ['en', 'there is a pothole', 'Position on the map: near Sample Road, WB1 2AB'],
    ['ur', 'سڑک پر گڑھا ہے', 'نقشے پر مقام: Sample Road, WB1 2AB کے قریب'],
  ])('one’s own position answers where it is, once it is asked for (%s)', async (language, want, shown) => {
    const geolocation = { latitude: sampleRoad.lat, longitude: sampleRoad.lon, accuracy: 10 };
    const page = await open(language, { geolocation, permissions: ['geolocation'] });
    await say(page, want);
    await page.locator('#locate').waitFor();
    await isSound(page);
    await answered(page, () => page.click('#locate'));
    expect(await mine(page)).toBe(shown);
    await until('the next question', async () => (await page.locator('.choices button').count()) > 1);
  });

  test('a position elsewhere is refused in plain words', async () => {
    const page = await open('en', { geolocation: ELSEWHERE, permissions: ['geolocation'] });
    await say(page, 'there is a pothole');
    expect(await answered(page, () => page.click('#locate'))).toContain('That place is not in our area.');
    expect(await mine(page)).toBe('Position on the map');
  });

  test('a position that is not given is said so; one that is rough is put right on the map', async () => {
    const page = await open();
    await say(page, 'there is a pothole');
    await page.click('#locate');
    await page.getByText('Your browser does not give your position.').waitFor();
    await isSound(page);
    await page.context().grantPermissions(['geolocation']);
    await page.context().setGeolocation({ latitude: sampleRoad.lat, longitude: sampleRoad.lon, accuracy: 900 });
    await page.click('#locate');
    await page.getByText('only known to about 900 metres').waitFor();
    await page.getByText('The mark is near: Sample Road').waitFor();
    await page.locator('dialog').press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
  });

  describe.each([
    ['en', 'there is a pothole', 'The mark is near: Sample Road', 'near '],
    ['ur', 'سڑک پر گڑھا ہے', 'نشان اس کے قریب ہے: Sample Road', 'نقشے پر مقام'],
  ])('a point on the map (%s)', (language, want, near, shown) => {
    test('is found by search, moved by keyboard, and taken', async () => {
      const page = await open(language);
      await say(page, want);
      await page.locator('#mapButton').press('Enter');
      const map = mapOf(page);
      await map.waitFor();
      const frame = page.frames().find((one) => one.url().includes('/chat/map'));
      expect(frame && (await violations(frame))).toEqual([]);
      await page.click('#usePoint');
      expect(await page.locator('dialog').count()).toBe(1);
      await page.locator('#find').fill('sample');
      await page.locator('[role=option]').first().waitFor();
      await isSound(page);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      const status = page.locator('.map > [role=status]');
      await until('where the mark is', async () => (await status.textContent())?.startsWith(near));
      await map.focus();
      for (let n = 0; n < 3; n += 1) await page.keyboard.press('ArrowDown');
      await isSound(page);
      await answered(page, () => page.click('#usePoint'));
      expect(await mine(page)).toContain(shown);
      expect(await page.locator('dialog').count()).toBe(0);
      expect(await focused(page)).toBe('text');
    });
  });

  test('Escape in the map closes it and leads back, and the chat stays', async () => {
    const page = await open();
    await say(page, 'there is a pothole');
    await page.click('#mapButton');
    await mapOf(page).press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('mapButton');
  });

  test('in the panel on a page of the council the map and the position work as well', async () => {
    const geolocation = { latitude: sampleRoad.lat, longitude: sampleRoad.lon, accuracy: 10 };
    const page = await open('en', { geolocation, permissions: ['geolocation'] });
    await page.goto(`${product.server.url}/`);
    await page.getByRole('button', { name: 'Ask us' }).click();
    const panel = page.frameLocator('iframe');
    await greeted(panel);
    await write(panel, 'there is a pothole');
    await panel.locator('#mapButton').click();
    await panel.frameLocator('.map iframe').locator('#map').press('Escape');
    await panel.locator('dialog').waitFor({ state: 'detached' });
    await panel.locator('#locate').click();
    await panel.getByText('Position on the map: near Sample Road').waitFor();
  });

  test.each(['en', 'ur'])('a finished report can be rated, and is exported (%s)', async (language) => {
    const page = await open(language);
    await say(page, language === 'en' ? 'graffiti on the wall' : 'دیوار پر گرافیٹی');
    await say(page, 'Sample Road, outside number 10');
    for (let asked = 0; asked < 8 && (await page.locator('.rating').count()) === 0; asked += 1) {
      const choices = page.locator('.choices button');
      const isSummary = (await choices.count()) === 2;
      await answered(page, () => (isSummary ? choices.first() : choices.last()).click());
    }
    await page.locator('.rating button').nth(4).waitFor();
    await isSound(page);
    const sent = await bubbles(page, 'me').count();
    const good = page.locator('.rating button').nth(1);
    // Whoever double-clicked the choice before does not rate with the second click.
    await good.dispatchEvent('click', { detail: 2 });
    expect(await good.isVisible()).toBe(true);
    await answered(page, () => good.click());
    await page.locator('.rating').waitFor({ state: 'detached' });
    expect(await bubbles(page, 'me').count()).toBe(sent);
    expect(exported(product, 'ratings')).toMatch(/"about":"case","score":4}/);
  });

  test('a photo is asked for with a button; a file can be looked at and taken back', async () => {
    const page = await open();
    await say(page, 'graffiti on the wall');
    await say(page, 'Sample Road, outside number 10');
    const choices = page.locator('.choices button');
    for (let asked = 0; asked < 4 && (await page.locator('#addPhoto').count()) === 0; asked += 1)
      await answered(page, () => choices.last().click());
    const chooser = page.waitForEvent('filechooser');
    await page.locator('#addPhoto').press('Enter');
    await (await chooser).setFiles([
      { name: 'letter.pdf', mimeType: 'application/pdf', buffer: PDF },
      { name: 'wall.png', mimeType: 'image/png', buffer: PNG },
    ]);
    await page.locator('.photos img[alt="Photo: wall.jpg"]').waitFor();
    await page.locator('.photos .pdf').waitFor();
    await isSound(page);
    await page.getByRole('button', { name: 'Remove wall.jpg' }).press('Enter');
    expect(await page.locator('.photos li').count()).toBe(1);
    await answered(page, () => page.locator('.send').click());
    await page.locator('.message.me a.pdf', { hasText: 'letter.pdf' }).waitFor();
  });

  test('a hero card has its words, its links and its buttons', async () => {
    const page = await open();
    const content = {
      title: 'Recycling centre',
      text: 'Open today\n\n- Paper\n- Glass',
      images: [{ url: 'https://elsewhere.example/x.png' }],
      buttons: [
        { type: 'openUrl', title: 'Opening hours', value: 'https://www.wandlebridge.example/centre' },
        { type: 'openUrl', title: 'Nothing', value: 'javascript:alert(1)' },
        { type: 'imBack', title: 'Book a visit', value: 'I want to book a visit' },
      ],
    };
    const card = { id: 'card', type: 'message', from: { role: 'bot' }, attachments: [{ contentType: 'x', content }] };
    await page.route('**/chat/token', async (route) => {
      const response = await route.fetch();
      const body = await response.json();
      await route.fulfill({ response, json: { ...body, activities: [...body.activities, card] } });
    });
    await page.reload();
    await page.locator('.card button').waitFor();
    expect(
      await page.locator('.card a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
    ).toEqual(['https://www.wandlebridge.example/centre']);
    expect(await page.locator('.card img').count()).toBe(0);
    expect(await page.locator('.card > ul').first().locator('li').allTextContents()).toEqual(['Paper', 'Glass']);
    await isSound(page);
    await answered(page, () => page.locator('.card button').click());
    expect(await mine(page)).toBe('Book a visit');
  });

  test('what was answered has been seen', async () => {
    const page = await open();
    await say(page, 'hello');
    await page.locator('.message.me .meta', { hasText: 'Seen' }).waitFor();
  });

  describe.each([
    ['en', 'there is a pothole', 'I want to make a complaint', 'Nobody has answered my letters about the bins.'],
    ['ur', 'سڑک پر گڑھا ہے', 'شکایت درج کرنی ہے', 'کسی نے میرے خطوں کا جواب نہیں دیا۔'],
  ])('nothing is cut off or unreadable (%s)', (language, pothole, complaint, story) => {
    test.each<[string, BrowserContextOptions]>([
      ['at 200 % zoom', { viewport: { width: 640, height: 400 } }],
      ['at 400 % zoom', { viewport: { width: 320, height: 256 } }],
      ['in the dark', { colorScheme: 'dark' }],
      ['in forced colours', { forcedColors: 'active' }],
    ])('%s', async (_name, options) => {
      const page = await open(language, options);
      await say(page, pothole);
      await page.locator('#mapButton').waitFor();
      await isSound(page);
      await page.click('#mapButton');
      await mapOf(page).waitFor();
      await page.locator('#find').fill('roa');
      await page.locator('[role=option]').nth(2).waitFor();
      await page.keyboard.press('ArrowDown');
      await isSound(page);
      await page.keyboard.press('Escape');
      await page.locator('#usePoint').scrollIntoViewIfNeeded();
      expect(await page.locator('#usePoint').isVisible()).toBe(true);
      await page.locator('#mapClose').click();
      await page.goto(`${product.server.url}/chat?lang=${language}&new`);
      await page.evaluate('sessionStorage.clear()');
      await page.reload();
      await greeted(page);
      await say(page, complaint);
      await say(page, story);
      await page.locator('#day').waitFor();
      await isSound(page);
    });
  });
});
