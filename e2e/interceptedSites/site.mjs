// A site of 2019 that nobody wrote with a sandbox in mind: WeChat's hosts and its own origin are built in.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'

const { PORT, APPID, SECRET } = process.env
const ORIGIN = `http://127.0.0.1:${PORT}`
const page = readFileSync(`${import.meta.dirname}/page.html`, 'utf8')
  .replaceAll('ORIGIN', ORIGIN)
  .replaceAll('APPID', APPID)

function ask(path, done) {
  https.get(`https://api.weixin.qq.com${path}`, (answer) => {
    let text = ''
    answer.on('data', (chunk) => (text += chunk)).on('end', () => done(JSON.parse(text)))
  })
}

let ticket
function withTicket(done) {
  if (ticket) return done(ticket)
  ask(`/cgi-bin/token?grant_type=client_credential&appid=${APPID}&secret=${SECRET}`, ({ access_token }) =>
    ask(`/cgi-bin/ticket/getticket?access_token=${access_token}&type=jsapi`, (answer) =>
      done((ticket = answer.ticket)),
    ),
  )
}

http
  .createServer((req, res) => {
    const { pathname, searchParams } = new URL(req.url, ORIGIN)
    if (pathname === '/sign')
      return withTicket((jsapi_ticket) => {
        const signed = { appId: APPID, timestamp: Math.floor(Date.now() / 1000), nonceStr: 'tea' }
        const text = `jsapi_ticket=${jsapi_ticket}&noncestr=tea&timestamp=${signed.timestamp}&url=${searchParams.get('url')}`
        res.end(JSON.stringify({ ...signed, signature: createHash('sha1').update(text).digest('hex') }))
      })
    if (pathname === '/login') {
      const to = encodeURIComponent(`${ORIGIN}/callback`)
      const location = `https://open.weixin.qq.com/connect/oauth2/authorize?appid=${APPID}&redirect_uri=${to}&response_type=code&scope=snsapi_base&state=server#wechat_redirect`
      return res.writeHead(302, { location }).end()
    }
    if (pathname === '/callback') {
      const code = searchParams.get('code')
      return ask(
        `/sns/oauth2/access_token?appid=${APPID}&secret=${SECRET}&code=${code}&grant_type=authorization_code`,
        (told) => {
          res
            .setHeader('content-type', 'text/html')
            .end(`<title>in</title><h1>${told.openid} by ${searchParams.get('state')}</h1>`)
        },
      )
    }
    res.setHeader('content-type', 'text/html').end(page)
  })
  .listen(Number(PORT), '127.0.0.1', () => console.log('listening'))
