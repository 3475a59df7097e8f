/** The part of node-nlp that is measured; it ships no types. */
declare module 'node-nlp' {
  export class NlpManager {
    constructor(settings: object);
    addDocument(lang: string, utterance: string, intent: string): void;
    train(): Promise<void>;
    process(lang: string, utterance: string): Promise<{ readonly intent: string; readonly score: number }>;
  }
}
