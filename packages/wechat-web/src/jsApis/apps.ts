import type { Call } from './call.ts'

/** Calls that open another app. */
export interface AppCalls {
  openEnterpriseChat: Call<
    {
      /** Separated by `;`. */
      userIds: string
      groupName?: string
    },
    { errCode?: number }
  >
  launchMiniProgram: Call<{
    targetAppId: string
    path?: string
    envVersion?: 'release' | 'trial' | 'develop'
  }>
  openBusinessView: Call<
    { businessType: string; queryString?: string; envVersion?: 'release' | 'trial' | 'develop' },
    { errCode?: number; extraData?: unknown }
  >
}

/** For a page in the web view of a mini program; these need no `wx.config`. */
export interface MiniProgram {
  navigateTo(args: Url): void
  redirectTo(args: Url): void
  switchTab(args: Url): void
  reLaunch(args: Url): void
  navigateBack(args?: { delta?: number }): void
  postMessage(args: { data: unknown }): void
  getEnv(callback: (answer: { miniprogram: boolean }) => void): void
}

interface Url {
  url: string
}
