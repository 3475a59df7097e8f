import { Fragment } from 'preact';
import { type Inline, parseRichText } from './markdown';

/** Words of the assistant, with their few bits of markup as elements. */
export function RichText({ text }: { text: string }) {
  return (
    <>
      {parseRichText(text).map((block) => {
        if (block.kind === 'paragraph') {
          return (
            <p dir="auto">
              {block.lines.map((line, index) => (
                <>
                  {index > 0 && <br />}
                  <Line parts={line} />
                </>
              ))}
            </p>
          );
        }
        const List = block.ordered ? 'ol' : 'ul';
        return (
          <List dir="auto">
            {block.items.map((item) => (
              <li>
                <Line parts={item} />
              </li>
            ))}
          </List>
        );
      })}
    </>
  );
}

function Line({ parts }: { parts: readonly Inline[] }) {
  return (
    <>
      {parts.map((part) => {
        if (typeof part === 'string') return <Fragment>{part}</Fragment>;
        if ('whole' in part) return <span class="whole">{part.whole}</span>;
        if ('bold' in part) return <strong>{part.bold}</strong>;
        return (
          <a href={part.href} target="_blank" rel="noopener noreferrer">
            {part.text}
          </a>
        );
      })}
    </>
  );
}
