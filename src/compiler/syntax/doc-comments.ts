import type { Comment, TokenList } from './token-list.ts';

/** Index of the first comment that stands before the token or behind it. */
function firstCommentAt(comments: readonly Comment[], token: number): number {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.before ?? 0) < token) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The `//` block directly above the token, without its slashes; undefined where there is none or an empty line stands between. */
export function docAbove(tokens: TokenList, token: number): string | undefined {
  return blockAbove(tokens, token, tokens.start(token));
}

/** The last `//` block above the first token of a file, which may stand apart from it. */
export function docAtTop(tokens: TokenList): string | undefined {
  const last = tokens.comments[firstCommentAt(tokens.comments, 1) - 1];
  return last && blockAbove(tokens, 0, tokens.text.indexOf('\n', last.end) + 1);
}

function blockAbove(tokens: TokenList, token: number, start: number): string | undefined {
  const { comments } = tokens;
  if (comments.length === 0) return undefined;
  const lines: string[] = [];
  let below = start;
  for (let index = firstCommentAt(comments, token + 1) - 1; index >= 0; index--) {
    const comment = comments[index];
    if (comment?.before !== token || !isLineAbove(tokens.text, comment, below)) break;
    lines.push(
      tokens.text
        .slice(comment.start, comment.end)
        .replace(/^\/+ ?/, '')
        .trimEnd(),
    );
    below = comment.start;
  }
  return lines.length === 0 ? undefined : lines.reverse().join('\n');
}

/** Whether the comment has a line of its own, directly above the line of `below`. */
function isLineAbove(text: string, comment: Comment, below: number): boolean {
  const between = text.slice(comment.end, below);
  if (between.trim() !== '' || between.split('\n').length !== 2) return false;
  const lineStart = text.lastIndexOf('\n', comment.start - 1) + 1;
  return comment.start === 0 || text.slice(lineStart, comment.start).trim() === '';
}
