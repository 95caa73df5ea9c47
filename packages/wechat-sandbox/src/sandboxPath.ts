/** Everything of the sandbox lives under this path; all other paths are the site's. */
export const SANDBOX_PATH = '/__wechat'
