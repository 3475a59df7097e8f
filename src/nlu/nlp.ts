import { containerBootstrap } from '@nlpjs/core';
import { Nlp } from '@nlpjs/nlp';
import { KNOWLEDGE, type Knowledge, LinearNlu } from './linearNlu';

/** NLP.js gives every language one domain unless told otherwise; this is its name. */
const DOMAIN = 'master_domain';

export interface Understander {
  readonly nlp: Nlp;
  /** The classifier of a language, the first one's for a language NLP.js was not given. */
  nluOf(lang: string): LinearNlu;
}

/**
 * NLP.js with `LinearNlu` for every language. Only the container, NlpManager and NluManager of the library are loaded: its own
 * classifier, language guesser and entity extraction were measured and are not used (README, "Decisions").
 */
export function understander(languages: readonly string[], knowledge: Knowledge): Understander {
  const container = containerBootstrap();
  container.register('LinearNlu', LinearNlu, false);
  container.register(KNOWLEDGE, knowledge, true);
  const locales = [...new Set(languages.map((lang) => lang.slice(0, 2)))];
  for (const locale of locales) {
    container.registerConfiguration(`domain-manager-${locale}`, {
      nluByDomain: { default: { className: 'LinearNlu', settings: {} } },
      useStemDict: false,
    });
  }
  const nlp = new Nlp(
    { languages: locales, autoLoad: false, autoSave: false, calculateSentiment: false, forceNER: false },
    container,
  );
  const nluOf = (lang: string): LinearNlu => {
    const { domainManagers } = nlp.nluManager;
    const domain = (domainManagers[lang.slice(0, 2)] ?? domainManagers[locales[0] ?? ''])?.domains[DOMAIN];
    if (!(domain instanceof LinearNlu)) throw new Error(`No classifier for ${lang}`);
    return domain;
  };
  return { nlp, nluOf };
}
