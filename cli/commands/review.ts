import { existsSync, readFileSync } from 'node:fs';
import { UserError } from '../../core/errors';
import { commentOf } from '../../review/comment';
import { readTag, withTag } from '../../review/post/comment';
import type { LIMITS } from '../../review/render/limits';
import { reviewMarkdown } from '../../review/render/markdown';
import { reviewText } from '../../review/render/text';
import type { Review } from '../../review/report';
import { unusedLeave, verdictText } from '../../review/verdict';
import { tellCrashes } from '../crashes';
import type { Io } from '../io';
import { tellMistakes } from '../mistakes';
import { colorsFor, renderJson, renderTable } from '../output';
import type { Platform } from '../posting';
import { parseTarget } from '../target';
import { writeWholeFile } from '../write-file';

export interface ReviewOptions {
  /** What to hold the change against. */
  readonly base?: string;
  readonly head?: string;
  readonly config: string;
  readonly format: 'text' | 'markdown' | 'json';
  readonly output?: string;
  /** Plans of the stacks, as JSON. */
  readonly plan: readonly string[];
  readonly allowReplace: readonly string[];
  /** Review that another job has made. */
  readonly from?: string;
  /** Whose limit a comment has to keep that is posted by somebody else. */
  readonly for: keyof typeof LIMITS;
  readonly post?: Platform;
  readonly pullRequest?: string;
  /** Where the whole of it can be had. */
  readonly artifactUrl?: string;
}

export async function reviewCommand(targets: readonly string[], options: ReviewOptions, io: Io): Promise<number> {
  if (options.from !== undefined) return post(readReview(options.from), options, io);
  if (options.base === undefined)
    throw new UserError(
      '--base says what to hold the change against, such as main; --from names a review that is there',
    );
  const comparison = load.comparison().compare({
    ...options,
    base: options.base,
    targets: targets.map((target) => parseTarget(target, 2)),
  });
  try {
    tellMistakes(comparison.after, comparison, io);
    const { review, crashes } = await load
      .reviewing()
      .reviewOf(comparison, { plans: options.plan, allowReplace: options.allowReplace, now: new Date().toISOString() });
    for (const leave of unusedLeave(review, options.allowReplace)) {
      io.stderr.write(
        `--allow-replace ${leave}: nothing of that name is replaced; write a stack, an address, or stack:address\n`,
      );
    }
    write(review, options, io);
    tellCrashes({ crashes }, io);
    if (options.post !== undefined) {
      const code = await post(review, options, io);
      if (code !== 0) return code;
    }
    if (crashes.length > 0) return 70;
    if (comparison.after.broken.size > 0) return 2;
    return review.passes ? 0 : 1;
  } finally {
    comparison.close();
  }
}

function write(review: Review, options: ReviewOptions, io: Io): void {
  const { output } = options;
  // Nothing is said of nothing, but whoever asked for a file goes on with it.
  if (output !== undefined) {
    writeWholeFile(output, rendered(review, options, io));
    io.stderr.write(`${verdictText(review)}\nWrote ${output}\n`);
  } else {
    io.stdout.write(rendered(review, options, io));
  }
}

function rendered(review: Review, { format, output, artifactUrl, ...options }: ReviewOptions, io: Io): string {
  if (format === 'json') return renderJson(review);
  if (format === 'markdown') return reviewMarkdown(review, { platform: options.post ?? options.for, artifactUrl });
  const colors = colorsFor(output === undefined ? io.stdout : { ...io.stdout, isTTY: false }, io.env);
  const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
    renderTable(head, rows, colors);
  return reviewText(review, { ...colors, table });
}

/** Without a token, what would be posted is written to a file, or to stdout. */
async function post(review: Review, options: ReviewOptions, io: Io): Promise<number> {
  const { post: platform, artifactUrl, pullRequest } = options;
  if (platform === undefined) {
    write(review, options, io);
    return 0;
  }
  const comment = commentOf(review, { platform, artifactUrl });
  const posting = await load.posting().postComment(platform, comment, { pullRequest }, io);
  for (const note of posting.notes) io.stderr.write(`${note}\n`);
  if (posting.done !== 'no token') {
    io.stderr.write(`${posting.done}${posting.url === undefined ? '' : `: ${posting.url}`}\n`);
    return 0;
  }
  if (comment.body === undefined) {
    io.stderr.write(`${verdictText(review)}; there is nothing to post\n`);
  } else if (options.from !== undefined || options.output === undefined || options.format !== 'markdown') {
    const named = options.from === undefined ? undefined : options.output;
    const file = named ?? 'review.md';
    if (named === undefined) requireOurs(file);
    writeWholeFile(file, withTag(comment, comment.body));
    io.stderr.write(`Wrote ${file} instead\n`);
  }
  return 0;
}

/** Nobody named the file, so that one of somebody else's is not to be lost. */
function requireOurs(file: string): void {
  if (!existsSync(file) || readTag(readFileSync(file, 'utf8')) !== undefined) return;
  throw new UserError(`${file}: is there, and no review of portal6 is in it; move it, or name a file with --output`);
}

const load = {
  comparison: () => require('../comparison') as typeof import('../comparison'),
  reviewing: () => require('../reviewing') as typeof import('../reviewing'),
  posting: () => require('../posting') as typeof import('../posting'),
  schema: () => require('../../review/report-schema') as typeof import('../../review/report-schema'),
};

/**
 * Reads what `--format json` has written, maybe in a job that runs other people's code: it is data.
 *
 * @throws UserError where it is something else
 */
function readReview(file: string): Review {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
    // What is too deep to be written again would end the program where it is shown.
    JSON.stringify(json);
  } catch (error) {
    throw new UserError(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
  const review = load.schema().readReview(json);
  if (review) return review;
  throw new UserError(`${file} is no review; write one with portal6 review --base REF --format json --output ${file}`);
}
