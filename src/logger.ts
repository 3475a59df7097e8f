import pino from 'pino';
import type { Logger } from './channels/channel';

/**
 * Structured logs, one JSON object a line, on standard error (standard output is for people). Callers give ids and counts,
 * never a resident's words; should a field of these names slip in, it is cut out.
 */
export function createLogger(
  level = 'info',
  to: pino.DestinationStream = pino.destination({ fd: 2, sync: false }),
): Logger {
  const redact = [
    'text',
    'body',
    'from',
    'to',
    'address',
    'phone',
    'email',
    'token',
    'secret',
    'password',
    'authorization',
    'cookie',
  ];
  return pino(
    {
      level,
      base: null,
      serializers: { err: withoutWords },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: [...redact, ...redact.map((field) => `*.${field}`)],
    },
    to,
  );
}

/** What failed and where. Not its message: that may quote what somebody wrote (JSON.parse does, PostgreSQL names the value). */
function withoutWords(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const { code } = error as NodeJS.ErrnoException;
  const at = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const cause = error.cause === undefined ? {} : { cause: withoutWords(error.cause) };
  return { name: error.name, ...(code === undefined ? {} : { code }), at: at.map((line) => line.trim()), ...cause };
}
