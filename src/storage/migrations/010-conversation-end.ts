import type { Migration } from './migration';

/** When the resident ended a conversation. */
export const conversationEnd: Migration = async (schema) => {
  await schema.alterTable('conversations').addColumn('ended_at', 'bigint').execute();
};
