import { safeText } from '../json';
import type { AuditRepository } from '../store';

export function auditRepository(): AuditRepository {
  return {
    async write(tx, entry) {
      const detail = entry.detail ? safeText(entry.detail) : null;
      await tx
        .insertInto('audit')
        .values({ ...entry, detail })
        .execute();
    },
    list(db, { since, limit }) {
      let query = db.selectFrom('audit').selectAll().orderBy('at', 'desc').orderBy('id').limit(limit);
      if (since !== undefined) query = query.where('at', '>=', since);
      return query.execute();
    },
  };
}
