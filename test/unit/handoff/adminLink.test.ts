import { renewAdminLink } from '../../../src/handoff/links';
import { fromAnywhere, PASSWORD, type World, world } from './world';

let desk: World;
beforeEach(async () => {
  desk = await world();
});
afterEach(() => desk.stop());

const renew = (email?: string) => renewAdminLink(desk.options, email);

describe('an administrator without a password', () => {
  test('who is the only one gets a new link from the command line', async () => {
    const ada = await desk.agent('Ada Admin', 'admin');
    const given = await renew();
    const link = 'link' in given ? given.link : '';
    expect(given).toEqual({
      email: 'ada.admin@council.test',
      link: expect.stringMatching(/^http:\/\/desk\.test\/desk#link=/),
    });
    const account = { name: 'Ada Admin', email: 'ada.admin@council.test', password: `${PASSWORD} new` };
    const used = { token: link.split('#link=')[1], ...account };
    expect((await desk.request('POST', '/desk/api/link/use', used, fromAnywhere())).status).toBe(200);
    expect((await ada.get('/desk/api/me')).status).toBe(401);
    const [entry] = (await desk.store.audit.list(desk.store.db, { limit: 100 })).filter(
      (one) => one.action === 'agent.link',
    );
    expect(entry).toMatchObject({ actor: 'command-line', subject: ada.me.id });
  });

  test('is named by e-mail where there are several', async () => {
    await desk.agent('Ada Admin', 'admin');
    await desk.agent('Eve Admin', 'admin');
    expect(await renew()).toEqual({ choose: ['ada.admin@council.test', 'eve.admin@council.test'] });
    expect(await renew('EVE.admin@council.test')).toMatchObject({ email: 'eve.admin@council.test' });
  });

  test('is no agent, no stranger and nobody who was switched off', async () => {
    const ada = await desk.agent('Ada Admin', 'admin');
    const eve = await desk.agent('Eve Admin', 'admin');
    await desk.agent('Ben Agent');
    await ada.post(`/desk/api/agents/${eve.me.id}/disabled`, { disabled: true });
    for (const email of ['ben.agent@council.test', 'nobody@council.test', 'eve.admin@council.test'])
      expect(await renew(email)).toEqual({ choose: ['ada.admin@council.test'] });
  });

  test('is made where there is none', async () => {
    expect(await renew()).toMatchObject({ email: '', link: expect.stringContaining('#link=') });
  });
});
