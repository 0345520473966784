import { type Comment } from './post/comment';
import { LABELS } from './post/labels';
import { type MarkdownOptions, reviewMarkdown } from './render/markdown';
import type { Review } from './report';
import { verdictText } from './verdict';

/**
 * What to say on a pull request. Nothing where no stack changes and no finding is new, waived or not: a comment that is there
 * says so then, and no new one is made.
 */
export function commentOf(review: Review, options: MarkdownOptions): Comment {
  const isQuiet =
    review.outcome !== 'changed' && review.passes && !review.findings.some(({ status }) => status === 'new');
  return {
    key: 'review',
    validAt: review.validAt,
    body: isQuiet ? undefined : reviewMarkdown(review, options),
    quiet: `**${verdictText(review)}**`,
    labels: [labelOf(review).name],
  };
}

function labelOf({ stacks }: Review): (typeof LABELS)[keyof typeof LABELS] {
  const actions = new Set(stacks.flatMap(({ changes }) => changes.map(({ action }) => action)));
  if (actions.has('delete') || actions.has('replace')) return LABELS.destroy;
  return actions.size > 0 ? LABELS.addOrUpdate : LABELS.noChanges;
}
