import type { IConstruct } from 'constructs';

/** The user's mistake: printed as its message alone, exit code 2. */
export class UserError extends Error {
  constructor(...lines: string[]) {
    super(lines.join('\n'));
    this.name = 'UserError';
  }
}

/** A tool outside portal6 failed (Terraform, the network): printed as its message alone, exit code 3. */
export class ToolError extends Error {
  constructor(...lines: string[]) {
    super(lines.join('\n'));
    this.name = 'ToolError';
  }
}

/** An error about one prop of a construct: where it stands in the tree, what is asked of it, and what it got. */
export function invalidProp(scope: IConstruct, prop: string, rule: string, got: unknown): UserError {
  return new UserError(`${scope.node.path}: \`${prop}\` ${rule}, got: ${JSON.stringify(got)}`);
}
