import type { Disclosures } from '../conversation/ports';
import type { Store } from '../storage/store';

/** The embedded disclosure log. */
export function createDisclosures(_store: Store): Disclosures {
  return { search: async () => [] };
}
