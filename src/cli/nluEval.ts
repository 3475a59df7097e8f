import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readCorpus } from '../nlu/corpus';
import { type Heldout, type Scored, type ScoredDanger, scoreAll } from '../nlu/crossValidation';
import { type DangerThresholds, isDanger } from '../nlu/danger';
import { languageLabels } from '../nlu/languageModel';
import {
  auroc,
  calibrationError,
  falsePositivesAt90,
  isOutOfScope,
  type Judged,
  judge,
  macroF1,
  share,
} from '../nlu/metrics';
import { trainModels } from '../nlu/models';
import { heldOutInParallel, readMaterial } from '../nlu/parallelFolds';
import { bandThresholds, dangerThresholds, slopeOf } from '../nlu/thresholds';
import { FOLDS as CUT_FOLDS } from '../nlu/train';

/**
 * `npm run nlu:eval [-- --errors] [--quick]`: everything the model decides, on texts it did not see. First what other authors wrote
 * (`test/nlu/authors/`, never trained on), then five-fold cross-validation, grouped by paraphrase. `--quick`: the first only.
 */
const FOLDS = 5;
const root = process.cwd();
const AUTHORS = join(root, 'test/nlu/authors');
const material = readMaterial(root);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;

async function main(): Promise<void> {
  // The thresholds that the product has.
  const left = await heldOutInParallel(root, CUT_FOLDS, { languageFolds: 0 });
  const slope = slopeOf(left.intents);
  otherAuthors(left, slope);
  if (process.argv.includes('--quick')) return;
  const plain = await heldOutInParallel(root, FOLDS, { leaveServicesOut: false });
  const judged = judgeAll(plain, slope, dangerThresholds(plain.emergency));
  say(`${material.utterances.length} texts, ${FOLDS} folds`);
  report(judged);
  const slipped = await heldOutInParallel(root, FOLDS, { leaveServicesOut: false, slips: 0.2, languageFolds: 0 });
  const typed = judgeAll(slipped, slope, dangerThresholds(plain.emergency));
  for (const lang of langs()) intents(`slips ${lang}`, typed.filter(ofLanguage(lang)));
  bands(left, judged, slope);
  languages(plain);
  danger(plain.emergency, dangerThresholds(plain.emergency));
  if (process.argv.includes('--errors')) confusions(judged);
}

/** Texts by people who did not see the training texts: the figure to trust. */
function otherAuthors(left: Heldout, slope: number): void {
  if (!existsSync(AUTHORS)) return;
  const utterances = readCorpus(AUTHORS);
  const languageOf = languageLabels(material);
  const held = scoreAll(trainModels(material), { ...material, utterances }, new Set(), languageOf);
  const judged = judgeAll(held, slope, dangerThresholds(left.emergency));
  say(`${utterances.length} texts of other authors`);
  report(judged);
  // "bye for now" occurs to everybody; the others show what was learnt, not remembered.
  const ours = new Set(material.utterances.map(({ text, lang }) => `${lang} ${text.toLowerCase()}`));
  intents(
    'not ours',
    judged.filter(({ scored: { utterance } }) => !ours.has(`${utterance.lang} ${utterance.text.toLowerCase()}`)),
  );
  languages(held);
  danger(held.emergency, dangerThresholds(left.emergency));
  if (process.argv.includes('--errors')) confusions(judged);
}

/** As the recogniser decides: the intents' model, and the detector of danger about what is danger. */
function judgeAll({ intents: scored, emergency }: Heldout, slope: number, limits: DangerThresholds): readonly Judged[] {
  return scored.map((each, at) => {
    const danger = emergency[at];
    return judge(each, slope, danger && isDanger(danger, limits));
  });
}

function report(judged: readonly Judged[]): void {
  intents('all', judged);
  for (const lang of langs()) intents(lang, judged.filter(ofLanguage(lang)));
  for (const lang of langs().filter((each) => NOT_LATIN.has(each)))
    intents(
      `${lang} romanised`,
      judged.filter(ofLanguage(lang)).filter(({ scored }) => isRomanised(scored)),
    );
  for (const [name, from, to] of [
    ['≤ 3 words', 1, 3],
    ['4–8 words', 4, 8],
    ['> 8 words', 9, 999],
  ] as const) {
    intents(
      name,
      judged.filter(({ scored }) => isLong(scored, from, to)),
    );
  }
}

const NOT_LATIN = new Set(['ar', 'bn', 'ta', 'ur']);
const isRomanised = ({ utterance }: Scored): boolean => !/(?!\p{Script=Latin})\p{L}/u.test(utterance.text);

function langs(): readonly string[] {
  return [...new Set(material.utterances.map(({ lang }) => lang))];
}

function ofLanguage(lang: string): (item: Judged) => boolean {
  return ({ scored }) => scored.utterance.lang === lang;
}

function isLong({ utterance }: Scored, from: number, to: number): boolean {
  const count = utterance.text.trim().split(/\s+/).length;
  return count >= from && count <= to;
}

function intents(name: string, list: readonly Judged[]): void {
  const inside = list.filter((item) => !isOutOfScope(item)).map(({ scope }) => scope);
  const outside = list.filter(isOutOfScope).map(({ scope }) => scope);
  say(
    `${name.padEnd(10)} n ${String(list.length).padStart(5)}  accuracy ${percent(share(list, ({ right }) => right))}  ` +
      `macro-F1 ${percent(macroF1(list))}  top-3 ${percent(share(list, ({ top, scored }) => top.includes(scored.truth)))}  ` +
      `out of scope: AUROC ${auroc(inside, outside).toFixed(3)} FPR@90 ${percent(falsePositivesAt90(inside, outside))}  ` +
      `ECE ${calibrationError(list).toFixed(3)}`,
  );
}

function bands(left: Heldout, judged: readonly Judged[], slope: number): void {
  const { act, ask } = bandThresholds(left.intents, slope);
  const acted = judged.filter(({ top, confidence }) => top[0] !== 'none' && confidence >= act);
  say(
    `bands      act ≥ ${act}: ${percent(acted.length / judged.length)} of messages, right ${percent(share(acted, ({ right }) => right))}; ask ≥ ${ask}`,
  );
}

function languages({ language }: Heldout): void {
  for (const [name, from, to] of [
    ['≤ 3', 1, 3],
    ['4–8', 4, 8],
    ['> 8', 9, 999],
  ] as const) {
    const list = language.filter((scored) => isLong(scored, from, to)).map((scored) => judge(scored, 1));
    say(`language   ${name} words: ${percent(share(list, ({ right }) => right))} of ${list.length}`);
  }
}

function danger(list: readonly ScoredDanger[], thresholds: DangerThresholds): void {
  const seen = (scored: ScoredDanger): boolean => isDanger(scored, thresholds);
  for (const lang of ['', ...langs()]) {
    const of = list.filter(({ utterance }) => !lang || utterance.lang === lang);
    const real = of.filter((scored) => scored.danger);
    const calm = of.filter((scored) => !scored.danger);
    say(
      `danger ${lang.padEnd(3)} recall ${percent(share(real, seen))} of ${real.length}, false alarms ${percent(share(calm, seen))} of ${calm.length}`,
    );
    if (process.argv.includes('--errors') && !lang) {
      for (const { utterance } of real.filter((scored) => !seen(scored))) say(`  missed: ${utterance.text}`);
      for (const { utterance } of calm.filter(seen).slice(0, 40)) say(`  false: ${utterance.label}: ${utterance.text}`);
    }
  }
}

function confusions(judged: readonly Judged[]): void {
  const pairs = new Map<string, string[]>();
  for (const { scored, top, right } of judged) {
    const pair = `${scored.truth} read as ${top[0]}`;
    if (!right) pairs.set(pair, [...(pairs.get(pair) ?? []), scored.utterance.text]);
  }
  for (const [pair, texts] of [...pairs].sort((a, b) => b[1].length - a[1].length).slice(0, 30)) {
    say(`${String(texts.length).padStart(4)} ${pair}: ${texts.slice(0, 3).join(' | ')}`);
  }
}

void main();
