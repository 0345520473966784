import { ToolError } from '../../../core/errors';
import { type Comment, withTag } from '../../../review/post/comment';
import { type LabelChanges, LABELS } from '../../../review/post/labels';
import { post, type PullRequest, type Standing } from '../../../review/post/post';
import { Refusal } from '../../../review/post/refusal';
import { StillClock } from '../../helpers/clock';

const EARLIER = '2026-11-24T07:00:00Z';
const NOW = '2026-11-24T08:00:00Z';
const LATER = '2026-11-24T09:00:00Z';

const COMMENT: Comment = {
  key: 'review',
  validAt: NOW,
  body: 'One portal changes.\n',
  quiet: 'Nothing changes any more.',
  labels: [LABELS.addOrUpdate.name],
};

/** A pull request in memory. */
class FakePullRequest implements PullRequest {
  public readonly refuse: Partial<Record<'update' | 'create' | 'changeLabels', Refusal>> = {};
  public present: string[] = [];
  public readonly changed: LabelChanges[] = [];

  constructor(public readonly comments: Standing[] = []) {}

  public async ownComments(): Promise<readonly Standing[]> {
    return this.comments;
  }

  public async create(body: string): Promise<Standing> {
    const comment = { id: 100 + this.comments.length, body, url: `#${100 + this.comments.length}` };
    this.comments.push(comment);
    // Refused only once it is there: an answer may be lost on its way.
    const refusal = this.refuse.create;
    delete this.refuse.create;
    if (refusal) throw refusal;
    return comment;
  }

  public async update(id: number, body: string): Promise<Standing> {
    if (this.refuse.update) throw this.refuse.update;
    const at = this.comments.findIndex((comment) => comment.id === id);
    const comment = { id, body, url: `#${id}` };
    this.comments[at] = comment;
    return comment;
  }

  public async labels(): Promise<readonly string[]> {
    return this.present;
  }

  public async changeLabels(changes: LabelChanges): Promise<void> {
    if (this.refuse.changeLabels) throw this.refuse.changeLabels;
    this.changed.push(changes);
  }

  public explain({ message }: Refusal): Error {
    return new ToolError(`explained: ${message}`);
  }
}

function standing(id: number, text: string, validAt = EARLIER, key = COMMENT.key): Standing {
  return { id, url: `#${id}`, body: withTag({ key, validAt }, text) };
}

function posted(comment: Partial<Comment>, pullRequest: PullRequest) {
  return post({ ...COMMENT, ...comment }, pullRequest, new StillClock());
}

test('makes a comment, and puts the label on', async () => {
  const pullRequest = new FakePullRequest([standing(1, 'that of another key', EARLIER, 'other')]);

  expect(await posted({}, pullRequest)).toEqual({ done: 'created', url: '#101', notes: [] });
  expect(pullRequest.comments[1]!.body).toBe(withTag(COMMENT, 'One portal changes.'));
  expect(pullRequest.changed).toEqual([{ add: [LABELS.addOrUpdate], remove: [] }]);
});

test('says nothing where there is nothing to say, and sees to the labels all the same', async () => {
  const pullRequest = new FakePullRequest();
  const labels = [LABELS.noChanges.name];

  expect(await posted({ body: undefined, labels }, pullRequest)).toEqual({ done: 'nothing to say', notes: [] });
  expect(pullRequest.comments).toEqual([]);
  expect(pullRequest.changed).toEqual([{ add: [LABELS.noChanges], remove: [] }]);
});

test('updates the comment in place', async () => {
  const pullRequest = new FakePullRequest([standing(1, 'Two portals change.')]);

  expect(await posted({}, pullRequest)).toEqual({ done: 'updated', url: '#1', notes: [] });
  expect(pullRequest.comments).toEqual([standing(1, 'One portal changes.', NOW)]);
});

test('updates a comment that speaks of changes once there are none', async () => {
  const pullRequest = new FakePullRequest([standing(1, 'Two portals change.')]);

  expect(await posted({ body: undefined }, pullRequest)).toMatchObject({ done: 'updated' });
  expect(pullRequest.comments).toEqual([standing(1, COMMENT.quiet, NOW)]);
});

test('writes the time of a comment that says the same, lest an older run takes its place', async () => {
  const pullRequest = new FakePullRequest([standing(1, 'One portal changes.\r\n')]);

  expect(await posted({}, pullRequest)).toEqual({ done: 'unchanged', url: '#1', notes: [] });
  expect(pullRequest.comments).toEqual([standing(1, 'One portal changes.', NOW)]);
});

test('leaves a comment that says the same as of the same time', async () => {
  const pullRequest = new FakePullRequest([standing(1, 'One portal changes.', NOW)]);
  pullRequest.refuse.update = new Refusal(500, 'not to be asked');

  expect(await posted({}, pullRequest)).toEqual({ done: 'unchanged', url: '#1', notes: [] });
});

test('leaves what was found out later, and its labels', async () => {
  const pullRequest = new FakePullRequest([standing(1, 'Two portals change.', LATER)]);

  expect(await posted({}, pullRequest)).toEqual({ done: 'left: newer there', url: '#1', notes: [] });
  expect(await posted({ body: undefined }, pullRequest)).toMatchObject({ done: 'left: newer there' });
  expect(pullRequest.comments).toEqual([standing(1, 'Two portals change.', LATER)]);
  expect(pullRequest.changed).toEqual([]);
});

test('compares times, not how they are written', async () => {
  const pullRequest = new FakePullRequest([standing(1, 'Two portals change.', '2026-11-24T10:00:00+07:00')]);

  expect(await posted({}, pullRequest)).toMatchObject({ done: 'updated' });
});

test('takes the place of a comment whose time cannot be read', async () => {
  const pullRequest = new FakePullRequest([standing(1, 'Two portals change.', 'yesterday')]);

  expect(await posted({}, pullRequest)).toMatchObject({ done: 'updated' });
});

test('keeps the newest of two that a race made, and says so', async () => {
  const pullRequest = new FakePullRequest([standing(2, 'b'), standing(1, 'a')]);

  expect(await posted({}, pullRequest)).toEqual({
    done: 'updated',
    url: '#2',
    notes: ['2 comments have our tag; the newest is kept up to date'],
  });
  expect(pullRequest.comments).toEqual([standing(2, 'One portal changes.', NOW), standing(1, 'a')]);
});

test.each([403, 404, 410])(
  'makes a new comment where the old one is not ours to edit, or gone (%d)',
  async (status) => {
    const pullRequest = new FakePullRequest([standing(1, 'a')]);
    pullRequest.refuse.update = new Refusal(status, 'no');

    expect(await posted({}, pullRequest)).toEqual({
      done: 'created',
      url: '#101',
      notes: ['the comment that was there cannot be edited'],
    });
  },
);

test('makes no second comment when the answer to the first was lost', async () => {
  const pullRequest = new FakePullRequest();
  pullRequest.refuse.create = new Refusal(502, 'down');

  expect(await posted({}, pullRequest)).toMatchObject({ done: 'unchanged', url: '#100' });
  expect(pullRequest.comments).toHaveLength(1);
});

test('fails with what is missing where it may not write', async () => {
  const pullRequest = new FakePullRequest([standing(1, 'a')]);
  pullRequest.refuse.update = pullRequest.refuse.create = new Refusal(403, 'no');

  await expect(posted({}, pullRequest)).rejects.toThrow(new ToolError('explained: no'));
});

test('notes labels that it may not change, for the comment says it all', async () => {
  const pullRequest = new FakePullRequest();
  pullRequest.refuse.changeLabels = new Refusal(403, 'no');

  expect(await posted({}, pullRequest)).toEqual({
    done: 'created',
    url: '#100',
    notes: ['the labels are not up to date: explained: no'],
  });
});
