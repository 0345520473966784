/** A question with a default, which a person answers at a terminal. */
export interface Question {
  readonly message: string;
  readonly default: string;
  /** Answers to choose from. Left out: any text. */
  readonly choices?: readonly string[];
  /** What is wrong with an answer; undefined when it will do. */
  check(answer: string): string | undefined;
}

/** The world around a command. Tests give their own. */
export interface Io {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  /** Results, for people or for the next program. */
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Progress, diagnostics and hints. */
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * Asks a person.
   *
   * @default - prompts on the terminal
   */
  readonly ask?: (question: Question) => Promise<string>;
}
