import { MergeRequestNotes, MergeRequests, ProjectLabels, Users } from '@gitbeaker/rest';
import { ToolError } from '../../core/errors';
import type { Comment } from './comment';
import { requestsWith } from './gitlab-requests';
import type { Clock } from './insist';
import type { LabelChanges } from './labels';
import { post, type Posted, type PullRequest, type Standing } from './post';
import { Refusal } from './refusal';

/** A merge request on GitLab, and who we are there. */
export interface GitlabPlace {
  /** `https://gitlab.com`, or where else it is, without `/api/v4`. */
  readonly host: string;
  /** Of a person, a project or a group; the token of a job cannot write notes. */
  readonly token: string;
  /** Number or path. */
  readonly project: string;
  /** The number within the project, `iid`. */
  readonly number: number;
}

/**
 * Posts on a merge request of GitLab.
 *
 * @throws ToolError as `post` does.
 */
export async function postToGitlab(comment: Comment, place: GitlabPlace, clock: Clock): Promise<Posted> {
  const { body } = comment;
  const harmless = body === undefined ? comment : { ...comment, body: withoutCommands(body) };
  return post(harmless, new GitlabMergeRequest(place), clock);
}

/** A server that says nothing for so long is not there. */
const TIMEOUT = 30_000;

class GitlabMergeRequest implements PullRequest {
  private readonly notes: MergeRequestNotes;
  private readonly mergeRequests: MergeRequests;
  private readonly projectLabels: ProjectLabels;
  private readonly users: Users;
  private webUrl?: string;

  constructor(private readonly place: GitlabPlace) {
    const { host, token } = place;
    const options = { host, token, queryTimeout: TIMEOUT, requesterFn: requestsWith(token) };
    this.notes = new MergeRequestNotes(options);
    this.mergeRequests = new MergeRequests(options);
    this.projectLabels = new ProjectLabels(options);
    this.users = new Users(options);
  }

  public async ownComments(): Promise<readonly Standing[]> {
    const { project, number } = this.place;
    const { id: ownId } = await this.users.showCurrentUser();
    const url = await this.url();
    const notes = await this.notes.all(project, number, { perPage: 100 });
    return notes
      .filter(({ author, system }) => author.id === ownId && !system)
      .map(({ id, body }) => ({ id, body, url: `${url}#note_${id}` }));
  }

  public async create(body: string): Promise<Standing> {
    const { project, number } = this.place;
    const { id } = await this.notes.create(project, number, body);
    return { id, body, url: `${await this.url()}#note_${id}` };
  }

  public async update(id: number, body: string): Promise<Standing> {
    const { project, number } = this.place;
    await this.notes.edit(project, number, id, { body });
    return { id, body, url: `${await this.url()}#note_${id}` };
  }

  public async labels(): Promise<readonly string[]> {
    const { project, number } = this.place;
    const { labels } = await this.mergeRequests.show(project, number);
    return labels.map((label) => (typeof label === 'string' ? label : label.name));
  }

  public async changeLabels({ add, remove }: LabelChanges): Promise<void> {
    const { project, number } = this.place;
    for (const { name, color, description } of add) {
      await this.makeLabel(name, `#${color}`, description);
    }
    await this.mergeRequests.edit(project, number, {
      ...(add.length > 0 && { addLabels: add.map(({ name }) => name).join(',') }),
      ...(remove.length > 0 && { removeLabels: remove.join(',') }),
    });
  }

  public explain({ status, message }: Refusal): Error {
    const { project, number } = this.place;
    if (status === 401) {
      return new ToolError(
        `${message}: the token is wrong, has ended, or is that of a job, which cannot write; GITLAB_TOKEN is to be a project access token with the scope \`api\``,
      );
    }
    if (status === 403) {
      return new ToolError(
        `${message}: to comment on merge request ${number} of project ${project}, the token needs the scope \`api\` and at least the role Reporter`,
      );
    }
    if (status === 404) {
      return new ToolError(
        `${message}: there is no merge request ${number} in project ${project} that the token may see`,
      );
    }
    return new ToolError(message);
  }

  /** A label that is there already is 409; whoever may not make one gets one in a color of GitLab's. */
  private async makeLabel(name: string, color: string, description: string): Promise<void> {
    try {
      await this.projectLabels.create(this.place.project, name, color, { description });
    } catch (error) {
      if (!(error instanceof Refusal) || error.mayPass || ![403, 409].includes(error.status)) throw error;
    }
  }

  private async url(): Promise<string> {
    const { project, number } = this.place;
    this.webUrl ??= (await this.mergeRequests.show(project, number)).web_url;
    return this.webUrl;
  }
}

/**
 * GitLab obeys a line such as `/merge` in a note, with the rights of whoever writes it; and what we write is made from
 * what somebody else proposes.
 */
function withoutCommands(markdown: string): string {
  return markdown.replace(/^([ \t]*)\/(?=[a-z])/gim, '$1\\/');
}
