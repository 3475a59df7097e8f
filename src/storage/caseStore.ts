import type { EpochMs, Raise } from '../conversation/ports';
import type { Db, NewRow, Row } from './schema';

export type CaseRow = Row<'cases'>;
export interface CaseRepository {
  /** @throws Conflict('case') when an open case has the same dedupe key. */
  open(tx: Db, row: NewRow<'cases'>): Promise<void>;
  follow(tx: Db, follower: NewRow<'case_followers'>): Promise<void>;
  /** Due at the earlier of both times; the facts join those the case has. A closed case stays as it is. */
  raise(tx: Db, reference: string, raise: Raise): Promise<void>;
  setContact(tx: Db, reference: string, contact: string): Promise<void>;
  addNote(tx: Db, note: NewRow<'case_notes'>): Promise<void>;
  close(tx: Db, reference: string, note: string | null, at: EpochMs): Promise<void>;
  get(db: Db, reference: string): Promise<(CaseRow & { readonly followers: number }) | undefined>;
  openWithKey(db: Db, dedupeKey: string): Promise<(CaseRow & { readonly followers: number }) | undefined>;
  /** Open cases of a service inside a box of degrees; the caller works out distances. */
  openInBox(
    db: Db,
    service: string,
    box: { readonly south: number; readonly north: number; readonly west: number; readonly east: number },
  ): Promise<readonly (CaseRow & { readonly followers: number })[]>;
  countAt(db: Db, service: string, place: string, since: EpochMs): Promise<number>;
  /** Open cases whose dedupe key is this one with more parts after it. */
  countOpen(db: Db, dedupeKey: string): Promise<number>;
  /** What was added to a case, in order. */
  notesOf(db: Db, reference: string): Promise<readonly Row<'case_notes'>[]>;
  ofConversation(db: Db, conversationId: string): Promise<readonly CaseRow[]>;
  /** For export and the desk: in order of opening, after a reference, from a moment on. */
  list(
    db: Db,
    range: {
      readonly since?: EpochMs;
      readonly limit: number;
      readonly after?: { readonly at: EpochMs; readonly reference: string };
    },
  ): Promise<readonly CaseRow[]>;
}
