/**
 * A small subset of Markdown as data, never as HTML: paragraphs, line breaks, lists, **bold**, links. Whatever else
 * looks like markup stays the text it is.
 */
export type Block =
  | { readonly kind: 'paragraph'; readonly lines: readonly (readonly Inline[])[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] };

export type Inline =
  | string
  | { readonly bold: string }
  /** A case reference, a postcode or a phone number: never broken at the end of a line. */
  | { readonly whole: string }
  | { readonly href: string; readonly text: string };

const INLINE = new RegExp(
  [
    /\*\*([^*\n]+)\*\*/,
    /\[([^\]\n]+)\]\(([^\s)]+)\)/,
    /(https?:\/\/[^\s<>"')\]]*[^\s<>"')\].,;:!?])/,
    /(\b[A-Z]{2}-[A-Z2-9]{3}-[A-Z2-9]{3}\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|\b0\d{2,4}(?: \d{3,4}){1,2}\b)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);
const BULLET = /^\s*[-*•] +(.*)$/;
const NUMBER = /^\s*\d{1,2}[.)] +(.*)$/;

export function parseRichText(text: string): readonly Block[] {
  return text
    .split(/\n{2,}/)
    .filter((part) => part.trim() !== '')
    .flatMap(parsePart);
}

/** Lines of one part: runs of list lines become lists, runs of others paragraphs. */
function parsePart(part: string): readonly Block[] {
  const blocks: Block[] = [];
  for (const line of part.split('\n')) {
    const item = BULLET.exec(line) ?? NUMBER.exec(line);
    const inlines = parseInline(item?.[1] ?? line);
    const last = blocks.at(-1);
    if (!item) {
      const lines = last?.kind === 'paragraph' ? last.lines : [];
      if (last?.kind === 'paragraph') blocks.pop();
      blocks.push({ kind: 'paragraph', lines: [...lines, inlines] });
      continue;
    }
    const ordered = NUMBER.test(line);
    const joins = last?.kind === 'list' && last.ordered === ordered;
    if (joins) blocks.pop();
    blocks.push({ kind: 'list', ordered, items: [...(joins ? last.items : []), inlines] });
  }
  return blocks;
}

export function parseInline(line: string): readonly Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const match of line.matchAll(INLINE)) {
    const [matched, bold, text, target, bare, whole] = match;
    if (match.index > from) parts.push(line.slice(from, match.index));
    const href = safeHref(target ?? bare ?? '');
    if (bold !== undefined) parts.push({ bold });
    else if (whole !== undefined) parts.push({ whole });
    else if (href) parts.push({ href, text: text ?? bare ?? href });
    else parts.push(matched);
    from = match.index + matched.length;
  }
  if (from < line.length) parts.push(line.slice(from));
  return parts;
}

/** Only what leads to a page, a phone call or a letter. */
function safeHref(target: string): string | undefined {
  return /^(https?:\/\/|tel:\+?\d|mailto:[^?]+$)/i.test(target) ? target : undefined;
}
