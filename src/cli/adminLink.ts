import { readConfig } from '../config';
import { renewAdminLink } from '../handoff/links';
import { randomId } from '../randomId';
import { createStore } from '../storage/index';

const USAGE = 'usage: npm run -s admin:link -- [E-MAIL OF AN ADMINISTRATOR]';
const EX_USAGE = 64;

/** `npm run -s admin:link`: the way back to the desk for an administrator who has lost the password. The server may go on running. */
async function main([email, ...rest]: readonly string[]): Promise<number> {
  if (rest.length > 0 || email?.startsWith('-')) {
    console.error(USAGE);
    return EX_USAGE;
  }
  const { dataDir, databaseUrl, publicUrl, clockShift } = readConfig();
  const store = await createStore({ dataDir, databaseUrl, randomId });
  try {
    const now = () => Date.now() + clockShift;
    const given = await renewAdminLink({ store, now, randomId, publicUrl }, email);
    if ('choose' in given) {
      console.error(`Name one of the administrators:\n${given.choose.map((one) => `  ${one}`).join('\n')}\n${USAGE}`);
      return EX_USAGE;
    }
    console.log(`One-time link for ${given.email || 'the first administrator'}, good for 24 hours:\n${given.link}`);
    return 0;
  } finally {
    await store.close();
  }
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
