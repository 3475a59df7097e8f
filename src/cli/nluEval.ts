import { join } from 'node:path';
import { readCorpus, readLanguageData } from '../nlu/corpus';
import { type Heldout, heldOut, type Scored, type ScoredDanger } from '../nlu/crossValidation';
import { isDanger } from '../nlu/danger';
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
import { withSlips } from '../nlu/slips';
import { bandThresholds, dangerThresholds, slopeOf } from '../nlu/thresholds';

/** `npm run nlu:eval [-- --errors]`: five-fold cross-validation, grouped by paraphrase, of everything the model decides. */
const FOLDS = 5;
const root = process.cwd();
const material = {
  utterances: readCorpus(join(root, 'intents')),
  languages: readLanguageData(join(root, 'src/nlu/data')),
};
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;

const plain = heldOut(material, FOLDS, { leaveServicesOut: false });
const stressed = heldOut(material, FOLDS, { leaveServicesOut: false, alter: withSlips(11, 0.2) });
const slope = slopeOf(plain.intents);
const judged = plain.intents.map((scored) => judge(scored, slope));

say(`${material.utterances.length} texts, ${FOLDS} folds`);
intents('all', judged);
for (const lang of langs()) intents(lang, judged.filter(ofLanguage(lang)));
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
const typed = stressed.intents.map((scored) => judge(scored, slope));
for (const lang of langs()) intents(`slips ${lang}`, typed.filter(ofLanguage(lang)));
bands();
languages(plain);
danger(plain.emergency);
if (process.argv.includes('--errors')) confusions();

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

function bands(): void {
  const left = heldOut(material, FOLDS);
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

function danger(list: readonly ScoredDanger[]): void {
  const thresholds = dangerThresholds(list);
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

function confusions(): void {
  const pairs = new Map<string, string[]>();
  for (const { scored, top, right } of judged) {
    const pair = `${scored.truth} read as ${top[0]}`;
    if (!right) pairs.set(pair, [...(pairs.get(pair) ?? []), scored.utterance.text]);
  }
  for (const [pair, texts] of [...pairs].sort((a, b) => b[1].length - a[1].length).slice(0, 30)) {
    say(`${String(texts.length).padStart(4)} ${pair}: ${texts.slice(0, 3).join(' | ')}`);
  }
}
