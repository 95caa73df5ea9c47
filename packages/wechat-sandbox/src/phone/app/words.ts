import { saidZh } from './saidZh.js'
import { en } from './wordsEn.js'
import { zh } from './wordsZh.js'

// The language that the sandbox was started with, else the browser's.
const isChinese = /^zh\b/i.test(document.documentElement.dataset['language'] || navigator.language)

/** The words of the phone and its panel. */
export const words = isChinese ? zh : en

/** The text of something that comes in both languages. */
export const inWords = (both: { en: string; zh: string }): string => (isChinese ? both.zh : both.en)

/** What comes from the server in English, as far as it has been translated. */
export const said = (text: string): string => (isChinese ? saidZh(text) : text)
