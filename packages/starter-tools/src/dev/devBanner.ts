import type { Env } from '@app/server/env'
import { renderUnicodeCompact } from 'uqr'
import { site } from './site.ts'

export interface DevDoors {
  /** The one address for people, and for a tunnel. */
  people: number
  vite: number
  /** Opens the phone through a tunnel. */
  phoneKey: string
}

/** What `pnpm dev` says when it is ready: which mode is on, the addresses, and what to enter in the WeChat console. */
export function devBanner(env: Env, doors: DevDoors, seconds: string): string {
  const local = `http://localhost:${doors.people}`
  const { host, hostname, protocol } = new URL(env.publicUrl)
  const tunnel = env.publicUrl !== local
  if (env.wechat.appId === undefined) {
    return lines(
      `${site.name} · sandbox, no account needed · ready in ${seconds} s`,
      '',
      row('Open', tunnel ? `${env.publicUrl}/?wechat_key=${doors.phoneKey}  (tunnel to ${local})` : local),
      ...(tunnel ? [row('On this machine', `${local}/?wechat_key=${doors.phoneKey}`)] : []),
      row('Outside WeChat', `http://localhost:${doors.vite}`),
      row(
        'A real account',
        'set PUBLIC_URL, WECHAT_APP_ID and WECHAT_APP_SECRET in .env; docs/real-phone.md has the steps',
      ),
    )
  }
  return lines(
    `${site.name} · account ${env.wechat.appId} · ready in ${seconds} s`,
    '',
    row('Open', env.publicUrl),
    ...(tunnel ? [row('Tunnel', `must lead to ${local}`)] : []),
    '',
    'Enter in the WeChat console:',
    row('JS-safe domain', env.wechat.jsDomains.join(', ')),
    row('OAuth callback domain', host),
    row('Server URL', `${env.publicUrl}/api/wechat`),
    row('Token', env.wechat.token ?? 'choose one, and set it as WECHAT_TOKEN in .env'),
    ...(protocol === 'http:' && hostname === 'localhost'
      ? [
          '',
          'PUBLIC_URL is this machine: a phone cannot reach it. Start a tunnel and set PUBLIC_URL to its address.',
        ]
      : [
          '',
          'Scan with WeChat (a link that is tapped in a chat shares without a card):',
          '',
          renderUnicodeCompact(env.publicUrl),
        ]),
  )
}

function row(label: string, value: string): string {
  return `  ${label.padEnd(22)}${value}`
}

function lines(...all: string[]): string {
  return `\n${all.join('\n').replace(/^(?=.)/gm, '  ')}\n`
}
