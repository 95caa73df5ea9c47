import type { Page } from '@playwright/test'

/** What a person does on the authorize page: `as` is an id of `platform.people`, by default who holds the phone. */
export type LoginAnswer = { allow: true; as?: string } | { allow: false }

/** Answers the authorize page that is open or about to open, and waits until it has gone. */
export async function answerLogin(page: Page, answer: LoginAnswer): Promise<void> {
  const form = page.locator('form[action$="/connect/oauth2/consent"]')
  if (answer.allow && answer.as !== undefined)
    await form.locator(`input[name="person"][value="${answer.as}"]`).check()
  await form.locator(`button[value="${answer.allow ? 'allow' : 'decline'}"]`).click()
  await form.waitFor({ state: 'detached' })
}
