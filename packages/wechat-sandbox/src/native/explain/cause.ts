/** A cause in words: what is wrong, and what to do about it. */
export const cause = (en: string, zh: string, doEn: string, doZh: string) => ({
  what: { en, zh },
  advice: { en: doEn, zh: doZh },
})
