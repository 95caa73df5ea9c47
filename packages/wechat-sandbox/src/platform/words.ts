/** The same in both languages. */
export interface Words {
  en: string
  zh: string
}
