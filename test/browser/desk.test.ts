import type { Page } from 'playwright-core';
import { describeWith } from '../services';
import { violations } from './browser';
import { withProduct } from './product';
import { write } from './resident';

const PASSWORD = 'correct horse battery';
const LIVE_MS = 20_000;

jest.setTimeout(90_000);

describeWith('chromium', ({ executablePath }) => {
  const product = withProduct(executablePath);
  let ada: Page;
  let ben: Page;

  beforeAll(async () => {
    ada = await setUp(product.server.adminLink, 'Ada Admin');
    ben = await setUp(await linkFor(ada, 'Ben Agent'), 'Ben Agent');
  });

  async function newPage(): Promise<Page> {
    const page = await product.newPage();
    page.setDefaultTimeout(LIVE_MS);
    return page;
  }

  /** Uses a one-time link as the person it was made for. */
  async function setUp(link: string, name: string): Promise<Page> {
    const page = await newPage();
    await page.goto(link);
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Email').fill(`${name.replace(' ', '.').toLowerCase()}@council.test`);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Save and sign in' }).click();
    await page.getByRole('heading', { name: 'Queue' }).waitFor();
    return page;
  }

  /** A resident who has asked for a person. */
  async function resident(words: string): Promise<Page> {
    const page = await newPage();
    await page.goto(`${product.server.url}/chat`);
    await page.locator('#log article').first().waitFor();
    await write(page, words);
    return page;
  }

  test('a resident asks for a person: both write live and in order, and the assistant takes up again after the close', async () => {
    const page = await resident('I want to talk to a person');
    const claim = ada.getByRole('button', { name: /^Claim: I want to talk to a person/ });
    await claim.waitFor();
    expect(await ada.title()).toMatch(/^\(1\) Desk/);
    expect(await ada.locator('[role="status"]').first().textContent()).toBe('1 waiting in the queue');
    await claim.click();
    await heard(page, 'You are now talking to Ada Admin.');
    for (const round of [1, 2, 3, 4]) {
      await write(page, `question ${round}`);
      await transcript(ada).getByText(`question ${round}`, { exact: true }).waitFor();
      await ada.getByLabel('Reply to the resident').fill(`answer ${round}`);
      await ada.keyboard.press('Enter');
      await heard(page, `answer ${round}`);
    }
    const exchange = [
      'question 1',
      'answer 1',
      'question 2',
      'answer 2',
      'question 3',
      'answer 3',
      'question 4',
      'answer 4',
    ];
    expect(inOrder(await page.locator('#log').textContent())).toEqual(exchange);
    expect(inOrder(await transcript(ada).textContent())).toEqual(exchange);

    await ada.getByLabel('Note for the desk').check();
    await ada.getByRole('textbox', { name: /^Note for the desk/ }).fill('secret remark');
    await ada.getByRole('button', { name: 'Save note' }).click();
    await transcript(ada).getByText('Note by Ada Admin').waitFor();

    await ada.getByRole('button', { name: 'Close chat' }).click();
    await ada.getByRole('button', { name: 'Close', exact: true }).click();
    await heard(page, 'Ada Admin has ended the chat.');
    await heard(page, 'You are back with the automated assistant');
    await write(page, 'help');
    await page.locator('#log article:has-text("help") + article').first().waitFor();
    expect(await page.locator('#log').textContent()).not.toContain('secret remark');
  });

  test('of two agents who claim at once one has the chat, the other is told who', async () => {
    const page = await resident('I want to talk to a person please');
    const claim = /^Claim: I want to talk to a person please/;
    await Promise.all([ada, ben].map((agent) => agent.getByRole('button', { name: claim }).waitFor()));
    // Ben's click is under way, but Ada's comes first.
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await ben.route('**/claim', async (route) => {
      await held;
      await route.continue();
    });
    await ben.getByRole('button', { name: claim }).click();
    await ada.getByRole('button', { name: claim }).click();
    await heard(page, 'You are now talking to Ada Admin.');
    release();
    await ben.getByRole('alert').getByText('Ada Admin has this conversation.').waitFor();
    expect(await page.locator('#log').textContent()).not.toContain('Ben Agent');
  });

  test('an agent whose connection breaks loses nothing and says nothing twice', async () => {
    const page = await resident('Can I speak to somebody real');
    await ben.getByRole('button', { name: /^Claim: Can I speak/ }).click();
    await heard(page, 'You are now talking to Ben Agent.');
    await ben.route('**/messages', (route) => route.abort(), { times: 1 });
    await ben.getByLabel('Reply to the resident').fill('only once');
    await ben.keyboard.press('Enter');
    await transcript(ben).getByText('Not sent.').waitFor();
    // The server takes it, but the page never hears of that.
    await ben.route(
      '**/messages',
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await transcript(ben).getByRole('button', { name: 'Send again' }).click();
    await heard(page, 'only once');
    await ben.reload();
    await ben
      .getByRole('button', { name: /Can I speak to somebody real/ })
      .first()
      .click();
    await write(page, 'thanks');
    await transcript(ben).getByText('thanks', { exact: true }).waitFor();
    expect(await transcript(ben).getByText('only once', { exact: true }).count()).toBe(1);
    expect(await page.locator('#log').getByText('only once', { exact: true }).count()).toBe(1);
    // Words that did not get out under one hold may be sent under the next, after a look at what came between.
    await ben.route('**/messages', (route) => route.abort(), { times: 1 });
    await ben.getByLabel('Reply to the resident').fill('late words');
    await ben.keyboard.press('Enter');
    await transcript(ben).getByText('Not sent.').waitFor();
    await ben.getByRole('button', { name: 'Give back to the queue' }).click();
    await heard(page, 'You are at the front of the queue.');
    await ben.getByRole('button', { name: /^Claim: Can I speak/ }).click();
    await transcript(ben).getByRole('button', { name: 'Send again' }).click();
    await heard(page, 'late words');
    await ben.getByRole('button', { name: 'Give back to the queue' }).click();
  });

  test('a note that is being written stays one when the chat becomes one’s own, and a chat is passed on by a press only', async () => {
    const page = await resident('May I talk to a human');
    await ada.getByRole('button', { name: /^Waiting .*May I talk to a human/ }).click();
    await ada.getByRole('textbox', { name: /^Note for the desk/ }).fill('promise no refund');
    await ada.getByRole('button', { name: 'Claim', exact: true }).click();
    await heard(page, 'You are now talking to Ada Admin.');
    await ada.getByRole('button', { name: 'Close chat' }).waitFor();
    await ada.locator('.reply textarea').press('Enter');
    await transcript(ada).getByText('promise no refund').waitFor();
    await transcript(ada).getByText('Note by Ada Admin').waitFor();

    // On a closed list box each arrow key is a change.
    await ada.getByLabel('Pass to').selectOption('Ben Agent');
    await write(page, 'still there?');
    await transcript(ada).getByText('still there?', { exact: true }).waitFor();
    expect(await page.locator('#log').textContent()).not.toContain('Ben Agent');
    await ada.getByRole('button', { name: 'Pass on' }).click();
    await heard(page, 'You are now talking to Ben Agent.');
    expect(await page.locator('#log').textContent()).not.toContain('refund');
  });

  test('no part of the page has a known accessibility fault, by day and by night, wide and narrow', async () => {
    await resident('Let me speak to a person');
    await ben.getByRole('button', { name: /^Claim: Let me speak/ }).click();
    await ben.getByLabel('Reply to the resident').waitFor();
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [1400, 900, 360]) {
        await ben.emulateMedia({ colorScheme });
        await ben.setViewportSize({ width, height: 800 });
        expect(await violations(ben, {})).toEqual([]);
      }
    await ben.setViewportSize({ width: 1400, height: 800 });
    for (const tab of ['Messages', 'Trouble', 'History', 'Chats']) {
      await ben.getByRole('navigation').getByRole('button', { name: tab }).click();
      expect(await violations(ben, {})).toEqual([]);
    }
  });
});

function transcript(agent: Page) {
  return agent.getByRole('log', { name: 'Transcript' });
}

async function heard(page: Page, words: string): Promise<void> {
  await page.locator('#log').getByText(words).first().waitFor();
}

function inOrder(text: string | null): readonly string[] {
  return text?.match(/(question|answer) \d/g) ?? [];
}

async function linkFor(admin: Page, name: string): Promise<string> {
  await admin.getByRole('button', { name: 'Accounts' }).click();
  await admin.getByLabel('Name').fill(name);
  await admin.getByLabel('Email').fill('new@council.test');
  await admin.getByRole('button', { name: 'Add and make a link' }).click();
  const link = await admin.locator('.link code').textContent();
  await admin.getByRole('navigation').getByRole('button', { name: 'Chats' }).click();
  return link ?? '';
}
