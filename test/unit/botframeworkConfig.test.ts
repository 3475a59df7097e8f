import { configReader } from './configReader';

const ID = '11111111-2222-3333-4444-555555555555';

describe('the settings of /api/messages', () => {
  const config = configReader();
  const read = (env: Record<string, string> = {}) => config.read(env).botframework;

  it('is off without an app id', () => expect(read()).toBeUndefined());

  it('is for the Emulator on request', () => expect(read({ WANDLE_EMULATOR: '1' })).toEqual({ kind: 'emulator' }));

  it('takes the three kinds of registration, as Azure spells them', () => {
    expect(read({ MicrosoftAppId: ID, MicrosoftAppPassword: 'secret' })).toEqual({
      kind: 'azure',
      appId: ID,
      appType: 'MultiTenant',
      password: 'secret',
    });
    const tenant = { MicrosoftAppId: ID, MicrosoftAppTenantId: ID };
    expect(read({ ...tenant, MicrosoftAppType: 'SingleTenant', MicrosoftAppPassword: 'secret' })).toMatchObject({
      appType: 'SingleTenant',
      tenantId: ID,
    });
    expect(read({ ...tenant, MicrosoftAppType: 'UserAssignedMsi' })).toMatchObject({ appType: 'UserAssignedMSI' });
  });

  it.each([
    [{ MicrosoftAppId: 'bot' }, ['MicrosoftAppId: is not an id in the form 00000000-0000-0000-0000-000000000000']],
    [{ MicrosoftAppPassword: 'secret' }, ['MicrosoftAppId: needed with the other Microsoft… settings']],
    [{ MicrosoftAppId: ID }, ['MicrosoftAppPassword: needed with MicrosoftAppId']],
    [
      { MicrosoftAppId: ID, MicrosoftAppType: 'x' },
      ['MicrosoftAppType: is none of MultiTenant, SingleTenant, UserAssignedMSI'],
    ],
    [
      { MicrosoftAppId: ID, MicrosoftAppPassword: 'secret', MicrosoftAppType: 'SingleTenant' },
      ['MicrosoftAppTenantId: needed for SingleTenant'],
    ],
    [
      { MicrosoftAppId: ID, MicrosoftAppPassword: 'secret', WANDLE_EMULATOR: '1' },
      ['WANDLE_EMULATOR: only without MicrosoftAppId'],
    ],
    [{ NODE_ENV: 'production', WANDLE_EMULATOR: '1' }, ['WANDLE_EMULATOR: refused when NODE_ENV=production']],
  ])('refuses %j', (env, lines) => expect(config.errors(env as unknown as Record<string, string>)).toEqual(lines));
});
