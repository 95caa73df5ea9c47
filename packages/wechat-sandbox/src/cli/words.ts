export type Language = 'en' | 'zh'

/** What the command says, in two languages. */
export interface CliWords {
  help: string
  title: (version: string, site: string) => string
  open: (address: string) => string
  forTheSite: string
  stop: string
  noSite: string
  manySites: string
  notAnAddress: (given: string) => string
  noSuchOption: (given: string, nearest: string | undefined) => string
  needsValue: (option: string) => string
  takesNoValue: (option: string) => string
  notAPort: (given: string) => string
  notALanguage: (given: string) => string
  seeHelp: string
  portInUse: (port: number, next: number) => string
  blockedPort: (port: number, next: number) => string
  noSuchFile: (file: string, reason: string) => string
  noSuchField: (nearest: string | undefined, known: readonly string[]) => string
  quoteIt: string
  onlyWithIntercept: string
  intercepts: (proxy: string) => string
  authority: (file: string, until: string) => string
  newAuthority: string
  leakedAuthority: string
  pasteForLanguage: string
  unsafeFolder: (folder: string, reason: string) => string
}

const en: CliWords = {
  help: `wechat-sandbox: WeChat on your machine, in front of any site

Usage:  wechat-sandbox SITE [options]
        wechat-sandbox http://localhost:8080

  SITE            address of the site under test; it may be started later

Options:
  --port N        port of the phone (default: 5180, or the next one that is free; 0: any)
  --config FILE   account, people, menu and switches, as YAML
  --lang en|zh    language of the phone and of this command (default: the browser's, the terminal's)
  --intercept     for a site that has WeChat's hosts built in: a proxy answers in their place
  --ca-folder DIR where the proxy's certificate authority is kept (default: ~/.wechat-sandbox)
  --help          shows this
  --version       shows the version

It prints the address to open and the values that the site needs, as shell lines.
Exit codes: 0 stopped, 1 could not start, 2 something in the command or in the file is wrong.`,
  title: (version, site) => `WeChat sandbox ${version}, in front of ${site}`,
  open: (address) => `Open  ${address}`,
  forTheSite: 'Start the site with these values:',
  stop: 'Ctrl+C ends it.',
  noSite: 'Which site? For example: wechat-sandbox http://localhost:8080',
  manySites: 'One site at a time. An option with a value is written --port 5180.',
  notAnAddress: (given) => `"${given}" is not the address of a site. For example: http://localhost:8080`,
  noSuchOption: (given, nearest) =>
    `There is no option ${given}.${nearest ? ` Did you mean ${nearest}?` : ''}`,
  needsValue: (option) => `${option} needs a value.`,
  takesNoValue: (option) => `${option} takes no value.`,
  notAPort: (given) => `--port takes a number from 0 to 65535, not "${given}".`,
  notALanguage: (given) => `--lang takes en or zh, not "${given}".`,
  seeHelp: 'wechat-sandbox --help lists the options.',
  portInUse: (port, next) => `Port ${port} is in use. Choose another: --port ${next}`,
  blockedPort: (port, next) => `Port ${port} may not be opened by this user. Choose another: --port ${next}`,
  noSuchFile: (file, reason) => `${file} cannot be read: ${reason}.`,
  noSuchField: (nearest, known) =>
    `there is no such field. ${nearest ? `Did you mean ${nearest}?` : `There are: ${known.join(', ')}.`}`,
  quoteIt: 'put the value in quotes',
  onlyWithIntercept: '--ca-folder goes with --intercept.',
  intercepts: (proxy) => `The proxy ${proxy} answers for WeChat's hosts only, and passes nothing else on.`,
  authority: (file, until) =>
    `Its certificate authority is ${file}, good for these hosts alone until ${until}. Nothing installs it.`,
  newAuthority: 'It is new: programs that are running do not know it yet.',
  leakedAuthority:
    'It is new, because others could read the key of the one before. Trust that one no longer.',
  pasteForLanguage: 'And, in the place of a change to the site, with the lines of its language:',
  unsafeFolder: (folder, reason) => {
    const reasons: Record<string, string> = {
      owner: 'it, or the key in it, belongs to somebody else',
      mode: 'others may write in it. Say: chmod 700',
      'no file': 'its ca-key.pem is no file',
    }
    return `${folder} cannot hold the key of a certificate authority: ${reasons[reason] ?? reason}. Or name another: --ca-folder DIR`
  },
}

const zh: CliWords = {
  help: `wechat-sandbox：本机上的微信，放在任何网站前面

用法：  wechat-sandbox 网站地址 [选项]
        wechat-sandbox http://localhost:8080

  网站地址        被测网站的地址，网站可以稍后再启动

选项：
  --port N        手机的端口（默认 5180，被占用时取下一个空闲端口；0 表示任意）
  --config 文件   公众号、用户、菜单和开关，YAML 格式
  --lang en|zh    手机和本命令的语言（默认随浏览器和终端）
  --intercept     网站里写死了微信域名时使用：由代理代替这些域名应答
  --ca-folder DIR 代理的证书颁发机构存放的目录（默认 ~/.wechat-sandbox）
  --help          显示本说明
  --version       显示版本

启动后打印要打开的地址，以及网站需要的配置（可直接粘贴到终端）。
退出码：0 正常结束，1 无法启动，2 命令或配置文件有误。`,
  title: (version, site) => `微信模拟器 ${version}，网站：${site}`,
  open: (address) => `打开  ${address}`,
  forTheSite: '用这些配置启动网站：',
  stop: '按 Ctrl+C 结束。',
  noSite: '要测试哪个网站？例如：wechat-sandbox http://localhost:8080',
  manySites: '一次只能有一个网站。带值的选项写作 --port 5180。',
  notAnAddress: (given) => `"${given}" 不是网站地址。例如：http://localhost:8080`,
  noSuchOption: (given, nearest) => `没有选项 ${given}。${nearest ? `是不是 ${nearest}？` : ''}`,
  needsValue: (option) => `${option} 需要一个值。`,
  takesNoValue: (option) => `${option} 不带值。`,
  notAPort: (given) => `--port 是 0 到 65535 的数字，不能是 "${given}"。`,
  notALanguage: (given) => `--lang 是 en 或 zh，不能是 "${given}"。`,
  seeHelp: 'wechat-sandbox --help 列出所有选项。',
  portInUse: (port, next) => `端口 ${port} 已被占用。换一个：--port ${next}`,
  blockedPort: (port, next) => `当前用户不能使用端口 ${port}。换一个：--port ${next}`,
  noSuchFile: (file, reason) => `无法读取 ${file}：${reason}。`,
  noSuchField: (nearest, known) =>
    `没有这个字段。${nearest ? `是不是 ${nearest}？` : `有：${known.join('、')}。`}`,
  quoteIt: '请给这个值加引号',
  onlyWithIntercept: '--ca-folder 要和 --intercept 一起使用。',
  intercepts: (proxy) => `代理 ${proxy} 只代替微信的域名应答，其他请求一律不转发。`,
  authority: (file, until) =>
    `它的 CA 证书是 ${file}，只对这些域名有效，到 ${until} 为止，不会安装到系统里。`,
  newAuthority: '证书是新生成的，已经在运行的程序还不认识它。',
  leakedAuthority: '原来的私钥可能被其他用户读取过，因此换了新证书，请不要再信任原来的。',
  pasteForLanguage: '网站不用改，再加上所用语言的这几行：',
  unsafeFolder: (folder, reason) => {
    const reasons: Record<string, string> = {
      owner: '目录或其中的私钥属于其他用户',
      mode: '其他用户可以写入，请执行 chmod 700',
      'no file': '其中的 ca-key.pem 不是普通文件',
    }
    return `${folder} 不能存放 CA 私钥：${reasons[reason] ?? reason}。也可以换一个目录：--ca-folder DIR`
  },
}

export const CLI_WORDS: Record<Language, CliWords> = { en, zh }
