/** What the words of a complaint tell: whether they say enough, whom they blame, and whether a person should hear them. */

const words = (pattern: string): RegExp => new RegExp(`(?<!\\p{L})(?:${pattern})(?!\\p{L})`, 'iu');

const COMPLAINING =
  /(?<!\p{L})(complain|complaint|complaints|complaining|skarg\p{L}*|skarż\p{L}*|skarz\p{L}*|reklamacj\p{L}*)(?!\p{L})/giu;

/** "I want to make a complaint" says that there is one, not what it is: more than a few words beside that do. */
export function saysWhat(text: string): boolean {
  const rest = text.replace(COMPLAINING, ' ').trim().split(/\s+/);
  return rest.length >= (rest.length < text.trim().split(/\s+/).length ? 14 : 6);
}

/** The council is blamed: it knew, promised, failed, did harm. Without that, a fault is reported for the first time. */
const BLAME = words(
  `again|still|already|repeatedly|second|third|fourth|twice|times|weeks|months|years|nobody|no ?one|nothing|never|ignor\\w*|reported|complained|
  promis\\w*|every (?:week|time|day)|always|keeps?|rude\\w*|staff|damag\\w*|compensation|closed|lied|lies|refus\\w*|your (?:crew|team|staff|driver|men)|
  znowu|nadal|wciąż|ciągle|kolejny|drugi|trzeci|raz|razy|tygodni\\p{L}*|miesi\\p{L}*|lat|nikt|nic|nigdy|zawsze|każd\\p{L}*|zgłasza\\p{L}*|zgłosi\\p{L}*|
  obieca\\p{L}*|zignorowa\\p{L}*|ignor\\p{L}*|szkod\\p{L}*|odszkodowani\\p{L}*|pracowni\\p{L}*|zamkn\\p{L}*|odmów\\p{L}*|skarży\\p{L}*`.replaceAll(
    /\s*\n\s*/g,
    '',
  ),
);
export const blames = (what: string): boolean => BLAME.test(what);

/** Violence, threats, abuse, harm to a child or to somebody in care: by whomever, a person should hear it, not a form. */
const GRAVE = words(
  `assault\\w*|hit me|punch\\w*|kick\\w* me|push\\w* me|grabbed|threat\\w*|touched me|molest\\w*|sexual\\w*|racist|racial\\w*|abus(?:ed|es|ing|ive)|
  neglect\\w*|bruis\\w*|safeguarding|bribe\\w*|stole|stolen|harass\\w*|i will kill|i.ll kill|smash (?:your|the) office|burn (?:it|you|your)|
  uderzył\\p{L}*|pobił\\p{L}*|popchn\\p{L}*|kopn\\p{L}*|grozi\\p{L}*|groźb\\p{L}*|molest\\p{L}*|seksualn\\p{L}*|rasist\\p{L}*|zaniedb\\p{L}*|
  łapówk\\p{L}*|ukradł\\p{L}*|nęka\\p{L}*|zabiję|spalę`.replaceAll(/\s*\n\s*/g, ''),
);
export const isGrave = (what: string): boolean => GRAVE.test(what);

const SWEARING = words(
  `fuck\\w*|shit\\w*|bloody|bastards?|idiots?|useless|disgusting|disgraceful|furious|livid|sick of|fed up|kurw\\p{L}*|cholern\\p{L}*|idio\\p{L}*|skandal\\p{L}*|wściek\\p{L}*|mam dość`,
);

/** Loud words: a person is offered, never forced. */
export function isAngry(what: string): boolean {
  const letters = what.replace(/[^\p{L}]/gu, '');
  const loud = letters.length >= 12 && letters === letters.toUpperCase() && letters !== letters.toLowerCase();
  return loud || /!{2,}/.test(what) || SWEARING.test(what);
}
