/** Languages of what people read. */
export const LANGUAGES = ['en', 'vi'] as const;

export type Language = (typeof LANGUAGES)[number];

/** The same text in each language. */
export type Text = Readonly<Record<Language, string>>;
