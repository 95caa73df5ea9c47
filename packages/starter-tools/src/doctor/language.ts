export type Language = 'en' | 'zh'

/** Chooses between the English and the Chinese text. */
export type Say = (en: string, zh: string) => string

/** The language of the reader's terminal: what the system asks first decides. */
export function languageOf(environment: Record<string, string | undefined>): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = environment
  return /^zh/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'zh' : 'en'
}

export function speaker(language: Language): Say {
  return (en, zh) => (language === 'zh' ? zh : en)
}
