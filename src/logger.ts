import pino from 'pino';
import type { Logger } from './channels/channel';

/**
 * Structured logs, one JSON object a line, on standard error (standard output is for people). Callers give ids and counts,
 * never a resident's words; should a field of these names slip in, it is cut out.
 */
export function createLogger(level = 'info'): Logger & { child(fields: object): Logger } {
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
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: [...redact, ...redact.map((field) => `*.${field}`)],
    },
    pino.destination({ fd: 2, sync: false }),
  );
}
