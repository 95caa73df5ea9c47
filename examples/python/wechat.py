"""WeChat's server half in one file: the ticket that signs pages, the signature, the login. Python 3.9, standard library."""

import hashlib
import json
import os
import secrets
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

# Seconds: a ticket that a page gets now is still good when WeChat looks at the signature.
RESERVE = 300
# A ticket that WeChat has refused is fetched again after this many seconds at the earliest.
OFTEN = 60
# After a failure WeChat is left alone for this many seconds.
PAUSE = 10
DATA = Path(__file__).parent / "data"


class Refused(Exception):
    """What WeChat refused, and how. It holds no secret, and is for the log rather than for visitors."""

    def __init__(self, message, errcode=0):
        super().__init__(message)
        self.errcode = errcode


def setting(name, default=None):
    value = os.environ.get(name) or default
    if not value:
        raise RuntimeError(f"{name} is not set; the README says where its value comes from.")
    return value


def api_url():
    return setting("WECHAT_API_URL", "https://api.weixin.qq.com").rstrip("/")


def sign(url, refused=False):
    """
    What `wx.config` takes, for one address. The part from "#" on is not signed; nothing else of it is changed.
    `refused`: WeChat has refused a signature, so the ticket is fetched again, at most once a minute.
    """
    url = url.split("#", 1)[0]
    nonce, timestamp = secrets.token_hex(8), int(time.time())
    text = f"jsapi_ticket={ticket(refused)}&noncestr={nonce}&timestamp={timestamp}&url={url}"
    signature = hashlib.sha1(text.encode()).hexdigest()
    return {"appId": setting("WECHAT_APP_ID"), "timestamp": timestamp, "nonceStr": nonce, "signature": signature}


def ticket(refused=False):
    """
    The ticket for signatures. It is good for two hours, and WeChat gives it out a limited number of times a day: so all
    threads and processes share one, in a file that one of them at a time may renew.
    """
    DATA.mkdir(mode=0o700, exist_ok=True)
    # Another account, or the sandbox instead of WeChat, has tickets of its own.
    account = hashlib.sha1((setting("WECHAT_APP_ID") + api_url()).encode()).hexdigest()[:12]
    file = DATA / f"{account}.json"
    known = read(file)
    if is_good(known.get("ticket")) and not may_renew(known, refused):
        return known["ticket"]["value"]
    with locked(DATA / f"{account}.lock"):
        # Whoever waited for the lock finds what the one before has fetched.
        known = read(file)
        if is_good(known.get("ticket")) and not may_renew(known, refused):
            return known["ticket"]["value"]
        is_pause = known.get("failedAt", 0) > time.time() - PAUSE
        try:
            if is_pause:
                raise Refused(f"WeChat refused a moment ago: {known['failure']}")
            known = {**renewed(known), "fetchedAt": time.time()}
        except Refused as refusal:
            if not is_pause:
                write(file, {**known, "failedAt": time.time(), "failure": str(refusal)})
            # The reserve is there for this: what still signs is used until its successor has come.
            if is_good(known.get("ticket"), reserve=0):
                return known["ticket"]["value"]
            raise
        write(file, known)
        return known["ticket"]["value"]


def may_renew(known, refused):
    """Any page can say that it was refused; so it costs WeChat one request a minute at most."""
    return refused and max(known.get("fetchedAt", 0), known.get("failedAt", 0)) < time.time() - OFTEN


def renewed(known):
    """A new ticket, and a new token where the one that is there has ended."""
    if is_good(known.get("token")):
        try:
            return {"token": known["token"], "ticket": fetch_ticket(known["token"]["value"])}
        except Refused as refusal:
            # Somebody else may have fetched a token, and ended ours.
            if refusal.errcode not in (40001, 40014, 42001):
                raise
    # stable_token takes nobody else's token away, as /cgi-bin/token would.
    answer = ask(
        "/cgi-bin/stable_token",
        body={
            "grant_type": "client_credential",
            "appid": setting("WECHAT_APP_ID"),
            "secret": setting("WECHAT_APP_SECRET"),
        },
    )
    token = kept(answer["access_token"], answer["expires_in"])
    return {"token": token, "ticket": fetch_ticket(token["value"])}


def fetch_ticket(token):
    answer = ask("/cgi-bin/ticket/getticket", {"access_token": token, "type": "jsapi"})
    return kept(answer["ticket"], answer["expires_in"])


def kept(value, seconds):
    return {"value": value, "until": time.time() + seconds}


def is_good(one, reserve=RESERVE):
    return one is not None and one["until"] > time.time() + reserve


def authorize_url(redirect_uri, state):
    """Where a person is sent to log in; `state` comes back with them. The order of the parameters is WeChat's."""
    query = urllib.parse.urlencode(
        {
            "appid": setting("WECHAT_APP_ID"),
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "scope": "snsapi_base",
            "state": state,
        }
    )
    return f"{setting('WECHAT_OPEN_URL', 'https://open.weixin.qq.com')}/connect/oauth2/authorize?{query}#wechat_redirect"


def openid_of(code):
    """
    Whose code this is; None for the made-up visitor of WeChat's snapshot pages, who is nobody. A code is good once, for
    five minutes.
    """
    query = {
        "appid": setting("WECHAT_APP_ID"),
        "secret": setting("WECHAT_APP_SECRET"),
        "code": code,
        "grant_type": "authorization_code",
    }
    answer = ask("/sns/oauth2/access_token", query)
    return None if answer.get("is_snapshotuser") == 1 else answer["openid"]


def ask(path, query=None, body=None):
    """Asks the API. Raises Refused with WeChat's errcode, or 0 where no answer came."""
    address = api_url() + path + (f"?{urllib.parse.urlencode(query)}" if query else "")
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, {"content-type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            answer = json.loads(response.read())
    except (OSError, ValueError):
        # The address has the secret in it: it gets into no error and no log.
        raise Refused(f"{path}: no answer that could be read.") from None
    if not isinstance(answer, dict):
        raise Refused(f"{path}: no answer that could be read.")
    if answer.get("errcode", 0) != 0:
        raise Refused(f"{path}: {answer['errcode']} {answer.get('errmsg', '')}", answer["errcode"])
    return answer


@contextmanager
def locked(path):
    with open(path, "a") as file:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_EX)
        else:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        yield  # the lock ends with the file


def read(file):
    try:
        known = json.loads(file.read_text())
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def write(file, known):
    # Another name first: whoever reads meanwhile finds the old file or the new one, and never half of one.
    # mkstemp makes a file that only its owner may read.
    handle, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "w") as other:
        json.dump(known, other)
    os.replace(name, file)
