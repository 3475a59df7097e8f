import type { Me, Problem } from '../../handoff/api';

/** An answer of the server that is not what was asked for. */
export class Refusal extends Error {
  readonly status: number;
  readonly problem: Problem['error'];
  constructor(status: number, problem: Problem['error']) {
    super(problem.message);
    this.status = status;
    this.problem = problem;
  }
}

export interface Api {
  get<T>(path: string, options?: { readonly live?: boolean }): Promise<T>;
  post<T>(path: string, body?: object): Promise<T>;
  delete<T>(path: string, body?: object): Promise<T>;
  /** Every change carries the token of the session. */
  signedIn(me: Me): void;
}

/** `path` is below `/desk/api`. Rejects with `Refusal`, or with `TypeError` when the server cannot be reached. */
export function createApi(): Api {
  let csrf = '';
  const call = async <T>(method: string, path: string, body?: object, live = false): Promise<T> => {
    const response = await fetch(`/desk/api${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(method === 'GET' ? {} : { 'x-csrf-token': csrf }),
        // What the page asks by itself must not keep a forgotten session alive.
        ...(live ? { 'x-desk-live': '1' } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new Refusal(response.status, problemOf(answer));
    return answer as T;
  };
  return {
    get: (path, options) => call('GET', path, undefined, options?.live),
    post: (path, body = {}) => call('POST', path, body),
    delete: (path, body = {}) => call('DELETE', path, body),
    signedIn(me) {
      csrf = me.csrf;
    },
  };
}

function problemOf(answer: unknown): Problem['error'] {
  const given = answer as Partial<Problem>;
  return given.error ?? { code: 'unknown', message: 'Something went wrong. Please try again.' };
}
