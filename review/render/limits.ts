/** How much a comment may hold, in characters, with room for what posting adds. */
export const LIMITS = { github: 65_000, gitlab: 900_000, azure: 140_000 } as const;

/** Whose comments have a limit. */
export type Platform = keyof typeof LIMITS;

export const LIMITED: readonly Platform[] = ['github', 'gitlab', 'azure'];
