# The same site in Python, with its standard library alone.
import hashlib, json, os, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, urlsplit
from urllib.request import urlopen

PORT, APPID, SECRET = (os.environ[name] for name in ("PORT", "APPID", "SECRET"))
ORIGIN = f"http://127.0.0.1:{PORT}"
with open(os.path.join(os.path.dirname(__file__), "page.html")) as file:
    PAGE = file.read().replace("ORIGIN", ORIGIN).replace("APPID", APPID)


def ask(path):
    return json.load(urlopen("https://api.weixin.qq.com" + path))


def sign(url):
    token = ask(f"/cgi-bin/token?grant_type=client_credential&appid={APPID}&secret={SECRET}")["access_token"]
    ticket = ask(f"/cgi-bin/ticket/getticket?access_token={token}&type=jsapi")["ticket"]
    now = int(time.time())
    text = f"jsapi_ticket={ticket}&noncestr=tea&timestamp={now}&url={url}"
    return {"appId": APPID, "timestamp": now, "nonceStr": "tea", "signature": hashlib.sha1(text.encode()).hexdigest()}


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        address = urlsplit(self.path)
        given = {name: values[0] for name, values in parse_qs(address.query).items()}
        if address.path == "/sign":
            return self.say(json.dumps(sign(given["url"])), "application/json")
        if address.path == "/login":
            self.send_response(302)
            self.send_header(
                "Location",
                f"https://open.weixin.qq.com/connect/oauth2/authorize?appid={APPID}&redirect_uri={quote(ORIGIN + '/callback', safe='')}"
                "&response_type=code&scope=snsapi_base&state=server#wechat_redirect",
            )
            return self.end_headers()
        if address.path == "/callback":
            told = ask(
                f"/sns/oauth2/access_token?appid={APPID}&secret={SECRET}&code={given['code']}&grant_type=authorization_code"
            )
            return self.say(f"<title>in</title><h1>{told['openid']} by {given['state']}</h1>", "text/html")
        self.say(PAGE, "text/html")

    def say(self, text, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    def handle_error(self, *_):
        pass  # a browser that went on to another page


server = Server(("127.0.0.1", int(PORT)), Site)
print("listening", flush=True)
server.serve_forever()
