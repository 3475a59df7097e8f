import type { Json } from '../conversation/ports';
import { maskCards } from './cards';

type JsonObject = { readonly [key: string]: Json };

/** JSON columns are text on both databases (jsonb would reorder keys and reject NUL). */
export function toJson(value: Json): string {
  return JSON.stringify(value);
}

/** Reads a JSON column. */
export function fromJson(text: string): Json {
  return JSON.parse(text) as Json;
}

/** Reads a JSON column that holds an object. */
export function fromJsonObject(text: string): JsonObject {
  return JSON.parse(text) as JsonObject;
}

/** Without NUL (libsql loses what follows it, PostgreSQL rejects it) and lone surrogates (no valid UTF-8). */
export function cleanText(text: string): string {
  return text.replace(/\p{Surrogate}|\0/gu, '');
}

/** What may be stored of a text from outside: clean, payment card numbers masked. */
export function safeText(text: string): string {
  return maskCards(cleanText(text));
}

/** `safeText` for every string inside a JSON value, object keys included. */
export function safeJson<T extends Json>(value: T): T;
export function safeJson(value: Json): Json {
  if (typeof value === 'string') return safeText(value);
  if (Array.isArray(value)) return value.map((item: Json) => safeJson(item));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [cleanText(key), safeJson(item)]));
}

/** `safeJson` for a column that already is JSON text. */
export function safeJsonText(text: string): string {
  return toJson(safeJson(fromJson(text)));
}

/** Bot Framework's own identifiers: a masked one would make two residents look the same. */
const ID_KEYS = ['id', 'replyToId', 'serviceUrl', 'timestamp', 'localTimestamp'];
const ACCOUNT_KEYS = ['from', 'recipient', 'conversation', 'relatesTo'];

/** `safeJson` for an activity: all of it but the protocol's own identifiers, which are only cleaned. */
export function safeActivity(body: JsonObject): JsonObject {
  const safe: Record<string, Json> = { ...safeJson(body) };
  for (const key of ID_KEYS) {
    const id = body[key];
    if (typeof id === 'string') safe[key] = cleanText(id);
  }
  for (const key of ACCOUNT_KEYS) {
    const account = safe[key];
    const id = (body[key] as JsonObject | undefined)?.id;
    if (typeof id === 'string') safe[key] = { ...(account as JsonObject), id: cleanText(id) };
  }
  return safe;
}
