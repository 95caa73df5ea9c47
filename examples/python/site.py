"""A page that shares a card and knows who reads it: python3 site.py"""

import hmac
import html
import json
import secrets
import sys
from collections import OrderedDict
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import wechat
from wechat import setting

# The address at which people reach this site, as it is entered in WeChat's console. Not taken from the request.
SITE = setting("SITE_URL", "http://localhost:5180").rstrip("/")
PORT = int(setting("PORT", "8080"))
HERE = Path(__file__).parent

# In memory, and so for one process: with several, a database holds them.
SESSIONS = OrderedDict()
SESSIONS_KEPT = 10_000


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        address = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        pages = {
            "/": self.page,
            "/signature": self.signature,
            "/login": self.login,
            "/callback": self.callback,
            "/share.png": self.picture,
        }
        try:
            pages.get(address.path, self.missing)(query)
        except Exception as problem:  # a visitor can do nothing with WeChat's codes: into the log with them
            print(f"{type(problem).__name__}: {problem}", file=sys.stderr)
            status = 502 if isinstance(problem, wechat.Refused) else 500
            self.answer(status, "text/plain", "WeChat cannot be reached at the moment. 暂时无法连接微信。")

    def page(self, _query):
        openid = self.session().get("openid")
        who = '<p><a href="/login">登录</a></p>'
        if openid:
            who = f"<p>已登录：<code>{html.escape(openid)}</code></p>"
        card = {
            "title": "秋天的茶",
            "desc": "喝什么，怎么喝",
            # Without what WeChat has added to this reader's address.
            "link": f"{SITE}/",
            "imgUrl": f"{SITE}/share.png",
        }
        sdk = setting("WECHAT_JSSDK_URLS", "https://res.wx.qq.com/open/js/jweixin-1.6.0.js").split(",")[0]
        text = (HERE / "page.html").read_text(encoding="utf-8")
        # JSON that no "</script>" can end.
        script = json.dumps(card, ensure_ascii=False).replace("<", "\\u003c")
        for name, value in {"{{who}}": who, "{{sdk}}": html.escape(sdk), "{{card}}": script}.items():
            text = text.replace(name, value)
        self.answer(200, "text/html", text)

    def signature(self, query):
        """Signs addresses of this site, and no others: a signature for any address would be one for any site."""
        url = query.get("url", "")
        if len(url) > 2048 or not f"{url}/".startswith(f"{SITE}/"):
            return self.answer(400, "application/json", '{"error": "url has to be an address of this site"}')
        self.answer(200, "application/json", json.dumps(wechat.sign(url, query.get("refused") == "1")))

    def login(self, _query):
        state = secrets.token_hex(16)
        cookie = self.new_session({"state": state})
        self.redirect(wechat.authorize_url(f"{SITE}/callback", state), cookie)

    def callback(self, query):
        session = self.session()
        state = session.pop("state", None)
        # Only the browser that began may finish, once. WeChat sometimes comes twice: the second time finds a login.
        if state and "code" in query and hmac.compare_digest(state, query.get("state", "")):
            cookie = self.new_session({"openid": wechat.openid_of(query["code"])})
            return self.redirect("/", cookie)
        if "openid" in session:
            return self.redirect("/")
        self.answer(400, "text/html", '<meta charset="utf-8"><p>这次登录已失效。<a href="/login">重新登录</a></p>')

    def picture(self, _query):
        self.answer(200, "image/png", (HERE / "share.png").read_bytes(), "public, max-age=86400")

    def missing(self, _query):
        self.answer(404, "text/plain", "Not found")

    def session(self):
        """What is known of this visitor."""
        try:
            cookie = SimpleCookie(self.headers.get("cookie", "")).get("session")
        except CookieError:
            return {}
        return SESSIONS.get(cookie.value, {}) if cookie else {}

    def new_session(self, known):
        """A new id each time: one that somebody else has planted is worth nothing. Gives the cookie."""
        name = secrets.token_urlsafe(32)
        SESSIONS[name] = known
        while len(SESSIONS) > SESSIONS_KEPT:
            SESSIONS.popitem(last=False)
        secure = "; Secure" if SITE.startswith("https:") else ""
        return f"session={name}; Path=/; HttpOnly; SameSite=Lax{secure}"

    def redirect(self, address, cookie=None):
        self.send_response(302)
        self.send_header("location", address)
        self.send_header("cache-control", "no-store")
        self.send_header("content-length", "0")
        if cookie:
            self.send_header("set-cookie", cookie)
        self.end_headers()

    def answer(self, status, kind, body, cache="no-store"):
        sent = body if isinstance(body, bytes) else body.encode()
        self.send_response(status)
        self.send_header("content-type", kind if isinstance(body, bytes) else f"{kind}; charset=utf-8")
        self.send_header("content-length", str(len(sent)))
        self.send_header("cache-control", cache)
        self.end_headers()
        self.wfile.write(sent)

    def log_request(self, code="-", size="-"):
        # Without the query, in which codes and addresses come.
        print(self.command, urlsplit(self.path).path, int(code), file=sys.stderr)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", PORT), Site)
    print(f"http://127.0.0.1:{PORT}, for people at {SITE}", flush=True)
    server.serve_forever()
