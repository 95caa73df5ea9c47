/** An SDK of npm that is run against the sandbox, and which of its calls WeChat itself refuses. */
export interface Sdk {
  name: string
  version: string
  /** The file with its calls. */
  file: string
  /** What else has to be installed, and why. */
  needs?: { install: string; because: string }
  /** Calls that no real account can make any more, or that the SDK makes wrongly. */
  refused: Record<string, string>
}

const NEWS_ENDED = 'permanent articles have ended (45106); drafts took their place'

export const SDKS: Sdk[] = [
  {
    name: 'co-wechat-api',
    version: '3.11.0',
    file: 'coWechatApi.mjs',
    refused: { uploadNewsMaterial: NEWS_ENDED, updateNewsMaterial: NEWS_ENDED },
  },
  {
    name: 'node-easywechat',
    version: '3.6.2',
    file: 'nodeEasywechat.mjs',
    needs: { install: 'node-socialite@1.4.1', because: 'it does not load with the newest one' },
    refused: {},
  },
  {
    name: 'tnwx',
    version: '2.5.6',
    file: 'tnwx.mjs',
    refused: {
      'MediaApi.uploadNews': NEWS_ENDED,
      'MediaApi.updateNews': NEWS_ENDED,
      'MediaApi.getJssdkMedia': 'the SDK puts the media id behind the access_token, where nobody finds it',
    },
  },
]

/** What came of a call: nothing where WeChat did it, else what it said. */
export interface CallResult {
  name: string
  path?: string
  said?: string
}

/** All of `docs/sandbox-sdks.md` that depends on the results; the rest of it stands before `MARK`. */
export function sdkTables(results: readonly (readonly [Sdk, readonly CallResult[]])[]): string {
  const summary = results.map(([{ name, version, needs, refused }, calls]) => {
    const done = calls.filter(({ said }) => said === undefined).length
    const note = needs ? `with \`${needs.install}\`: ${needs.because}` : ''
    return [name, version, calls.length, done, Object.keys(refused).length, note]
  })
  return [
    table(['SDK', 'version', 'calls', 'answered', 'refused by WeChat too', 'note'], summary),
    ...results.flatMap(([{ name, refused }, calls]) => [
      `## ${name}\n`,
      table(
        ['call', 'path', 'answer'],
        calls.map((call) => [
          `\`${call.name}\``,
          call.path ? `\`${call.path}\`` : '',
          answerOf(call, refused),
        ]),
      ),
    ]),
  ].join('\n')
}

function answerOf({ name, said }: CallResult, refused: Record<string, string>): string {
  if (said === undefined) return 'ok'
  return refused[name] ? `refused: ${refused[name]}` : `fails: ${said.replace(/ rid: .*/, '')}`
}

function table(columns: string[], rows: (string | number)[][]): string {
  const lines = [columns, columns.map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}
