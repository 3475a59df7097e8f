import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EpochMs, Language, LexiconEntry, Recogniser, Understanding } from '../conversation/ports';
import { type Artefact, readArtefact } from './artefact';
import { clauses } from './clauses';
import { dangerScorer } from './danger';
import { type EntityReader, entityReader } from './entities';
import { EMERGENCY, isService, NONE, PLEASANTRIES } from './labels';
import { classifier } from './linearNlu';
import { type Understander, understander } from './nlp';
import { cleanText, MAX_INTENT_LENGTH, sentences } from './normalise';
import { bandOf, type Guess } from './probabilities';
import { type Reader, reader } from './reader';

/** In `modelDir`: what `npm run nlu:train` writes. */
export const MODEL_FILE = 'model.bin';

export interface RecogniserOptions {
  /** Folder of the model, `dist/nlu`. */
  readonly modelDir: string;
  /** Words that name choices, by language: `Render.lexicon`. */
  readonly lexicons?: { readonly [lang: Language]: readonly LexiconEntry[] };
  /** Street names as the gazetteer spells them. */
  readonly streets?: readonly string[];
}

export interface LoadedRecogniser extends Recogniser {
  /** Languages the model was trained in. */
  readonly languages: readonly Language[];
  /** New street names, after a gazetteer import. */
  setStreets(names: readonly string[]): void;
  /** Loads what is loaded on first use (dates: a fifth of a second), so that no resident waits for it. Call once at start. */
  warm(now: EpochMs): void;
}

/** Language that is only believed against the conversation's own from here on. */
const SURE_OF_LANGUAGE = 0.9;
/** A sentence on its own must be this much clearer than the whole message to decide it. */
const SENTENCE_MARGIN = 0.1;
const MOST_SENTENCES = 8;

/** @throws Error if the model file is missing or not of this version. */
export function createRecogniser(options: RecogniserOptions): LoadedRecogniser {
  const artefact = readArtefact(readFileSync(join(options.modelDir, MODEL_FILE)));
  return recogniserOf(artefact, options);
}

export function recogniserOf(
  artefact: Artefact,
  { lexicons = {}, streets = [] }: Omit<RecogniserOptions, 'modelDir'>,
): LoadedRecogniser {
  const { calibration, languages, vocabulary, thresholds } = artefact.settings;
  const read = reader(languages, vocabulary);
  const trained = artefact.language.labels;
  const parts: Parts = {
    read,
    understander: understander(trained, { reader: read, classify: classifier(artefact.intents, calibration.intents) }),
    languageOf: classifier(artefact.language, calibration.language),
    dangerOf: dangerDetector(artefact, read),
    entities: entityReader({ languages, lexicons, streets }),
    thresholds,
  };
  return {
    languages: trained,
    recognise: (text, hint) => recognise(parts, text, hint),
    setStreets: parts.entities.setStreets,
    warm: (now) => {
      for (const language of trained) {
        parts.entities.warm(language, now);
        recognise(parts, 'abcdefgh 1/2 +447700900123', { language, now });
      }
    },
  };
}

interface Parts {
  readonly read: Reader;
  readonly understander: Understander;
  readonly languageOf: (words: readonly string[]) => readonly Guess[];
  readonly dangerOf: (text: string, lang: string) => boolean;
  readonly entities: EntityReader;
  readonly thresholds: { readonly act: number; readonly ask: number };
}

function dangerDetector({ intents, emergency, settings }: Artefact, read: Reader): Parts['dangerOf'] {
  const score = dangerScorer(intents, emergency);
  return (text, lang) => score(read.danger(text, lang)) >= settings.thresholds.emergency;
}

function recognise(
  parts: Parts,
  message: string,
  { language: hint, now }: { readonly language?: Language; readonly now: EpochMs },
): Understanding {
  const text = cleanText(message);
  const script = parts.read.script(text);
  const guess = script.length ? parts.languageOf(script)[0] : undefined;
  const language = { code: guess?.intent ?? hint ?? 'en', confidence: guess?.confidence ?? 0 };
  const lang = language.confidence >= SURE_OF_LANGUAGE ? language.code : (hint ?? language.code);
  const intents = script.length ? readIntents(parts, text, lang) : [{ intent: NONE, confidence: 1 }];
  return {
    text,
    language,
    intents: intents.slice(0, 3),
    band: bandOf(intents, parts.thresholds),
    emergency: script.length > 0 && isDanger(parts, text, lang, intents),
    alsoWants: alsoWants(parts, text, lang, intents[0]?.intent),
    entities: parts.entities.read(text, lang, now),
  };
}

/** The whole message, or the sentence that says most clearly what is wanted: "Hi. Lovely day. My bin was not emptied." */
function readIntents({ understander, thresholds }: Parts, text: string, lang: string): readonly Guess[] {
  const nlu = understander.nluOf(lang);
  const whole = nlu.classify(text);
  const parts = sentences(text.slice(0, MAX_INTENT_LENGTH)).slice(0, MOST_SENTENCES);
  if (parts.length < 2 || clarity(whole) >= thresholds.act) return whole;
  return parts
    .map((part) => nlu.classify(part))
    .reduce(
      (best, guesses) => (clarity(guesses) > clarity(best) + (best === whole ? SENTENCE_MARGIN : 0) ? guesses : best),
      whole,
    );
}

/** How clearly something is wanted; a pleasantry or what is nobody's business wants nothing. */
function clarity([top]: readonly Guess[]): number {
  return !top || top.intent === NONE || PLEASANTRIES.includes(top.intent) ? 0 : top.confidence;
}

/** Danger in the whole message or in one sentence of it, lest a long story drown it. */
function isDanger({ dangerOf, thresholds }: Parts, text: string, lang: string, [top]: readonly Guess[]): boolean {
  if (top?.intent === EMERGENCY && top.confidence >= thresholds.act) return true;
  const head = text.slice(0, MAX_INTENT_LENGTH);
  return dangerOf(head, lang) || sentences(head).some((part) => part !== head && dangerOf(part, lang));
}

/** Other services that a sentence or clause of its own asks for, clearly enough to act on. */
function alsoWants(
  { understander, thresholds, read }: Parts,
  text: string,
  lang: string,
  best: string | undefined,
): readonly string[] {
  const parts = clauses(text.slice(0, MAX_INTENT_LENGTH), read.conjunctions(lang));
  if (parts.length < 2) return [];
  const nlu = understander.nluOf(lang);
  const wanted = parts.slice(0, MOST_SENTENCES).flatMap((part) => {
    const [top] = nlu.classify(part);
    return top && isService(top.intent) && top.confidence >= thresholds.act ? [top.intent] : [];
  });
  return [...new Set(wanted)].filter((intent) => intent !== best);
}
