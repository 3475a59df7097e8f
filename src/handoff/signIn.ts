import { z } from 'zod';
import type { HttpRequest, HttpResponse } from '../channels/channel';
import type { AgentRow } from '../storage/store';
import { MAX_PASSWORD, type Me, MIN_PASSWORD } from './api';
import { audit } from './audit';
import type { Desk } from './desk';
import { type Edge, ok, problem } from './edge';
import { agentOfLink, emailShown, voidLinks } from './links';
import { hashPassword, passwordFits } from './password';
import { endAllSessions, hashOf, openSession } from './sessions';
import { wakeDesk } from './wakes';

const QUARTER_HOUR = 15 * 60_000;
/** A whole contact centre starts its day from one address. */
const PER_ADDRESS = 200;
const PER_ACCOUNT = 10;

export const Email = z.email().max(200).toLowerCase();
/** Shown to residents: one line, no control characters. */
export const Name = z
  .string()
  .trim()
  .regex(/^[^\p{C}]{1,80}$/u, 'write a name of up to 80 characters');
const SignIn = z.object({ email: z.string().max(200), password: z.string().max(MAX_PASSWORD) });
const Link = z.object({ token: z.string().min(20).max(200) });
const SetUp = Link.extend({
  name: Name,
  email: Email,
  password: z.string().min(MIN_PASSWORD, `use ${MIN_PASSWORD} characters or more`).max(MAX_PASSWORD),
});

export function signInRoutes(desk: Desk, edge: Edge): void {
  edge.open('/desk/api/session', SignIn, (input, request) => signIn(desk, input, request));
  edge.open('/desk/api/link', Link, (input, request) => lookAtLink(desk, input.token, request));
  edge.open('/desk/api/link/use', SetUp, (input, request) => setUp(desk, input, request));
  edge.read('/desk/api/me', async (call) => ok(meOf(desk, call.agent, call.session.csrf)));
  edge.change('POST', '/desk/api/me/available', z.object({ available: z.boolean() }), async ({ agent, input }) => {
    await desk.store.write((tx) => desk.store.agents.update(tx, agent.id, { available: input.available ? 1 : 0 }));
    wakeDesk(desk.bus);
    return ok({ available: input.available });
  });
}

/** One answer for an unknown account, a wrong password and an account that is switched off, in the same time. */
async function signIn(desk: Desk, input: z.output<typeof SignIn>, request: HttpRequest): Promise<HttpResponse> {
  const email = input.email.trim().toLowerCase();
  if (!(await mayTry(desk, request.ip, email)))
    return problem(429, 'too-many', 'Too many attempts. Wait a quarter of an hour and try again.');
  const agent = await desk.store.agents.byEmail(desk.store.db, email);
  const fits = await passwordFits(agent?.password, input.password);
  if (agent === undefined || !fits || agent.disabled_at !== null) {
    desk.logger.warn({ agent: agent?.id ?? null }, 'desk sign-in refused');
    return problem(401, 'sign-in', 'Email or password is wrong.');
  }
  return admit(desk, agent, 'sign-in');
}

async function mayTry(desk: Desk, ip: string, account: string): Promise<boolean> {
  const address = await desk.limits.allow(`desk:sign-in:from:${ip}`, PER_ADDRESS, QUARTER_HOUR);
  return address && (await desk.limits.allow(`desk:sign-in:to:${hashOf(account)}`, PER_ACCOUNT, QUARTER_HOUR));
}

async function lookAtLink(desk: Desk, token: string, request: HttpRequest): Promise<HttpResponse> {
  if (!(await mayTry(desk, request.ip, token))) return problem(429, 'too-many', 'Too many attempts. Wait a little.');
  const agent = await agentOfLink(desk, token);
  if (agent === undefined) return deadLink();
  return ok({ name: agent.name, email: emailShown(agent), council: desk.council.name });
}

function deadLink(): HttpResponse {
  return problem(410, 'link', 'This link has been used or has expired. Ask for a new one.');
}

/** Uses up a one-time link: sets the account's name, e-mail and password, ends what was open, and signs in. */
async function setUp(desk: Desk, input: z.output<typeof SetUp>, request: HttpRequest): Promise<HttpResponse> {
  if (!(await mayTry(desk, request.ip, input.token)))
    return problem(429, 'too-many', 'Too many attempts. Wait a little.');
  const owner = await agentOfLink(desk, input.token);
  if (owner === undefined) return deadLink();
  const namesake = await desk.store.agents.byEmail(desk.store.db, input.email);
  if (namesake !== undefined && namesake.id !== owner.id)
    return problem(409, 'email', 'Another account has this email address.');
  const password = await hashPassword(input.password);
  const agent = await desk.store.write(async (tx) => {
    const id = await desk.store.agents.useLoginLink(tx, hashOf(input.token), desk.now());
    if (id !== owner.id) return undefined;
    await desk.store.agents.update(tx, id, { name: input.name, email: input.email, password });
    await voidLinks(desk, tx, id);
    await endAllSessions(tx, id);
    return desk.store.agents.get(tx, id);
  });
  wakeDesk(desk.bus, 'accounts');
  return agent === undefined ? deadLink() : admit(desk, agent, 'set-password');
}

async function admit(desk: Desk, agent: AgentRow, action: string): Promise<HttpResponse> {
  const session = await desk.store.write(async (tx) => {
    await audit(desk, tx, { actor: agent.id, action, subject: null });
    return openSession(desk, tx, agent);
  });
  return ok(meOf(desk, agent, session.csrf), { 'set-cookie': session.cookie });
}

function meOf(desk: Desk, agent: AgentRow, csrf: string): Me {
  return {
    id: agent.id,
    name: agent.name,
    email: emailShown(agent),
    role: agent.role,
    languages: languagesOf(agent),
    available: agent.available === 1,
    council: desk.council.name,
    csrf,
  };
}

const Languages = z.array(z.string());
export function languagesOf(agent: AgentRow): readonly string[] {
  const parsed = Languages.safeParse(JSON.parse(agent.languages));
  return parsed.success ? parsed.data : [];
}
