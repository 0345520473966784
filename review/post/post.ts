import { type Comment, readTag, textOf, withTag } from './comment';
import { type Clock, insist } from './insist';
import { type LabelChanges, labelChanges } from './labels';
import { Refusal } from './refusal';

/** What was done. */
export interface Posted {
  readonly done: 'created' | 'updated' | 'unchanged' | 'left: newer there' | 'nothing to say';
  /** Of the comment, where there is one. */
  readonly url?: string;
  /** What a person should know of how it went. */
  readonly notes: readonly string[];
}

/** A comment that is there. */
export interface Standing {
  /** Grows from one comment to the next. */
  readonly id: number;
  readonly body: string;
  readonly url: string;
}

/** A pull request of some platform, as far as posting goes. All of it throws `Refusal`. */
export interface PullRequest {
  /** The comments that our own account wrote, in any order. */
  ownComments(): Promise<readonly Standing[]>;
  create(body: string): Promise<Standing>;
  update(id: number, body: string): Promise<Standing>;
  labels(): Promise<readonly string[]>;
  changeLabels(changes: LabelChanges): Promise<void>;
  /** What may be missing, for somebody who was refused with this. */
  explain(refusal: Refusal): Error;
}

/**
 * Brings the comment and the labels of a pull request up to date.
 *
 * @throws ToolError when the platform does not let us, or is not there. Labels alone never fail: they are a note.
 */
export async function post(comment: Comment, pullRequest: PullRequest, clock: Clock): Promise<Posted> {
  const posted = await insist(() => postComment(comment, pullRequest), clock).catch((error: unknown) => {
    throw error instanceof Refusal ? pullRequest.explain(error) : error;
  });
  // Whoever found out later has put on its labels, too.
  if (posted.done === 'left: newer there') return posted;
  try {
    await insist(() => settleLabels(comment.labels, pullRequest), clock);
    return posted;
  } catch (error) {
    const why = error instanceof Refusal ? pullRequest.explain(error) : (error as Error);
    return { ...posted, notes: [...posted.notes, `the labels are not up to date: ${why.message}`] };
  }
}

async function postComment(comment: Comment, pullRequest: PullRequest): Promise<Posted> {
  const ours = (await pullRequest.ownComments())
    .filter(({ body }) => readTag(body)?.key === comment.key)
    .sort((a, b) => a.id - b.id);
  const last = ours.at(-1);
  if (last === undefined) {
    return comment.body === undefined
      ? { done: 'nothing to say', notes: [] }
      : create(comment, comment.body, pullRequest, []);
  }

  const notes = ours.length === 1 ? [] : [`${ours.length} comments have our tag; the newest is kept up to date`];
  const newer = ours.find(({ body }) => isLater(readTag(body)?.validAt, comment.validAt));
  if (newer) return { done: 'left: newer there', url: newer.url, notes };

  const text = (comment.body ?? comment.quiet).trimEnd();
  const isSame = textOf(last.body) === textOf(text);
  // Nobody sees it, and yet it is written: a run that began before this one may end after it.
  if (isSame && !isLater(comment.validAt, readTag(last.body)?.validAt)) {
    return { done: 'unchanged', url: last.url, notes };
  }
  try {
    const { url } = await pullRequest.update(last.id, withTag(comment, text));
    return { done: isSame ? 'unchanged' : 'updated', url, notes };
  } catch (error) {
    if (!isGoneOrNotOurs(error)) throw error;
    return create(comment, text, pullRequest, [...notes, 'the comment that was there cannot be edited']);
  }
}

async function create(
  comment: Comment,
  text: string,
  pullRequest: PullRequest,
  notes: readonly string[],
): Promise<Posted> {
  const { url } = await pullRequest.create(withTag(comment, text.trimEnd()));
  return { done: 'created', url, notes };
}

async function settleLabels(wanted: readonly string[], pullRequest: PullRequest): Promise<void> {
  const changes = labelChanges(wanted, await pullRequest.labels());
  if (changes.add.length + changes.remove.length > 0) await pullRequest.changeLabels(changes);
}

function isGoneOrNotOurs(error: unknown): boolean {
  return error instanceof Refusal && !error.mayPass && [403, 404, 410].includes(error.status);
}

/** A time that cannot be read is earlier than any. */
function isLater(time: string | undefined, than: string | undefined): boolean {
  const [a, b] = [time, than].map((text) => Date.parse(text ?? ''));
  if (Number.isNaN(a!)) return false;
  return Number.isNaN(b!) || a! > b!;
}
