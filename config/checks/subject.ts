import type { Agency, Environment, Portal } from '../schema';

/** An agency's file as far as it is valid: what the checks look at, so that one mistake does not hide the others. */
export interface Subject {
  /** The file's base name, without its ending. */
  readonly id: string;
  readonly agency?: Agency;
  readonly environments: readonly CheckedEnvironment[];
}

export interface CheckedEnvironment {
  readonly id: string;
  /** Absent where one of its own keys is wrong. Holds only the valid portals. */
  readonly environment?: Environment;
  readonly portals: readonly CheckedPortal[];
}

export interface CheckedPortal {
  readonly id: string;
  readonly portal: Portal;
}
