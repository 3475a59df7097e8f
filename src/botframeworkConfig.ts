import { z } from 'zod';
import type { ChannelConfig } from './channels/channel';

/** Azure Bot Service and the Emulator: the part of the configuration (`config.ts`) that says who may post to `/api/messages`. */

const TYPES = { multitenant: 'MultiTenant', singletenant: 'SingleTenant', userassignedmsi: 'UserAssignedMSI' } as const;
const guid = z.guid('is not an id in the form 00000000-0000-0000-0000-000000000000');

/** The environment's names, as Azure and the SDK spell them, and what they may hold. */
export const botframeworkEnvironment = {
  MicrosoftAppId: guid.optional(),
  MicrosoftAppPassword: z.string().optional(),
  MicrosoftAppType: z
    .string()
    .transform((type) => type.toLowerCase())
    .pipe(z.enum(['multitenant', 'singletenant', 'userassignedmsi'], `is none of ${Object.values(TYPES).join(', ')}`))
    .optional(),
  MicrosoftAppTenantId: guid.optional(),
  WANDLE_EMULATOR: z
    .enum(['0', '1'], 'is neither 0 nor 1')
    .transform((text) => text === '1')
    .default(false),
} as const;
type Environment = z.infer<z.ZodObject<typeof botframeworkEnvironment>>;

/** What each setting alone cannot show: one line per error. */
export function botframeworkContradictions(
  env: Environment & { readonly NODE_ENV?: string | undefined },
): readonly string[] {
  const { MicrosoftAppId: id, MicrosoftAppPassword: password, MicrosoftAppTenantId: tenant } = env;
  const { MicrosoftAppType: type, WANDLE_EMULATOR: emulator } = env;
  const withoutId = !id && (password || type || tenant);
  const isManaged = type === 'userassignedmsi';
  return [
    ...(withoutId ? ['MicrosoftAppId: needed with the other Microsoft… settings'] : []),
    ...(id && !isManaged && !password ? ['MicrosoftAppPassword: needed with MicrosoftAppId'] : []),
    ...(id && isManaged && password ? ['MicrosoftAppPassword: must not be set for UserAssignedMSI'] : []),
    ...(id && type && type !== 'multitenant' && !tenant ? [`MicrosoftAppTenantId: needed for ${TYPES[type]}`] : []),
    ...(id && emulator ? ['WANDLE_EMULATOR: only without MicrosoftAppId'] : []),
    ...(emulator && env.NODE_ENV === 'production' ? ['WANDLE_EMULATOR: refused when NODE_ENV=production'] : []),
  ];
}

/** Undefined: `/api/messages` is off. */
export function botframeworkFrom(env: Environment): ChannelConfig['botframework'] {
  const { MicrosoftAppId: appId, MicrosoftAppPassword: password, MicrosoftAppTenantId: tenantId } = env;
  if (appId === undefined) return env.WANDLE_EMULATOR ? { kind: 'emulator' } : undefined;
  return {
    kind: 'azure',
    appId,
    appType: TYPES[env.MicrosoftAppType ?? 'multitenant'],
    ...(password && { password }),
    ...(tenantId && { tenantId }),
  };
}
