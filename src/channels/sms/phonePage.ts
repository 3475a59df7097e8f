import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ChannelContext, HttpResponse, Routes } from '../channel';
import type { StandIn } from './standIn/index';

const number = z.string().regex(/^\+\d{7,15}$/);
const typed = z.object({ from: number, body: z.string().min(1).max(1600) });

const POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/**
 * What the `/sms` page (a phone on the screen) asks for. Only without an account, outside production and on a loopback public
 * address: here anybody can be any number.
 */
export function phoneRoutes(standIn: StandIn, { config }: ChannelContext): Routes {
  const council = config.sms.from[0] ?? '';
  return {
    routes(router) {
      router.route('GET', '/sms', async () => ({
        status: 200,
        headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY },
        body: await readFile(join(config.webDir, 'sms', 'index.html')),
      }));
      router.route('GET', '/sms/messages', async (request) => {
        const parsed = number.safeParse(request.query.get('number'));
        if (!parsed.success) return badRequest();
        const messages = standIn.record.ofNumber(parsed.data).map((message) => ({
          id: message.sid,
          mine: message.direction === 'inbound',
          text: message.body,
          status: message.status,
          segments: Number(message.num_segments),
          price: message.price === null ? 0 : Math.abs(Number(message.price)),
          at: Date.parse(message.date_created),
        }));
        return { status: 200, body: { council, messages } };
      });
      router.route('POST', '/sms/messages', async (request) => {
        const parsed = typed.safeParse(jsonOf(request.body));
        if (!parsed.success) return badRequest();
        const status = await standIn.text({ ...parsed.data, to: council });
        return { status: status === 200 ? 202 : 502, body: { webhook: status } };
      });
    },
  };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

const badRequest = (): HttpResponse => ({
  status: 400,
  body: { error: { code: 'BadRequest', message: 'Expected a number in the form +447700900123 and a text.' } },
});
