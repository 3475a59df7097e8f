/** The parts of NLP.js that are used here; its packages ship no types. */
declare module '@nlpjs/core' {
  export interface Container {
    register(name: string, value: unknown, isSingleton?: boolean): void;
    registerConfiguration(name: string, value: object, overwrite?: boolean): void;
    get(name: string, settings?: object): unknown;
    use(item: unknown): void;
  }
  export function containerBootstrap(settings?: object): Container;
}

declare module '@nlpjs/nlu' {
  import type { Container } from '@nlpjs/core';

  export interface Classification {
    readonly intent: string;
    readonly score: number;
  }
  export class Nlu {
    constructor(settings?: object, container?: Container);
    readonly container: Container;
    readonly settings: { readonly locale: string };
    train(corpus: readonly { utterance: string; intent: string }[], settings?: object): Promise<unknown>;
    process(utterance: string, settings?: object): Promise<{ classifications: Classification[] }>;
    toJSON(): object;
    fromJSON(json: object): void;
  }
}

declare module '@nlpjs/nlp' {
  import type { Container } from '@nlpjs/core';
  import type { Classification, Nlu } from '@nlpjs/nlu';

  export class Nlp {
    constructor(settings: object, container?: Container);
    readonly nluManager: {
      readonly domainManagers: {
        readonly [lang: string]: { readonly domains: { readonly [domain: string]: Nlu } } | undefined;
      };
    };
    addLanguage(languages: readonly string[]): void;
    addDocument(lang: string, utterance: string, intent: string): void;
    train(): Promise<unknown>;
    process(
      lang: string,
      utterance: string,
    ): Promise<{ intent: string; score: number; classifications: Classification[] }>;
  }
}
