<?php
// WeChat's server half in one file: the ticket that signs pages, the signature, the login. PHP 8.1, no extensions but
// the usual ones (json, openssl, hash), no Composer.

declare(strict_types=1);

namespace WeChat;

/** What WeChat refused, and how. The message holds no secret, and is for the log rather than for visitors. */
final class Refused extends \RuntimeException
{
}

function setting(string $name, ?string $default = null): string
{
    $value = getenv($name);
    if ($value !== false && $value !== '') {
        return $value;
    }
    return $default ?? throw new \RuntimeException("$name is not set; the README says where its value comes from.");
}

/** Reserve in seconds: a ticket that a page gets now is still good when WeChat looks at the signature. */
const RESERVE = 300;
/** A ticket that WeChat has refused is fetched again after this many seconds at the earliest. */
const OFTEN = 60;
/** After a failure WeChat is left alone for this many seconds. */
const PAUSE = 10;

/**
 * What `wx.config` takes, for one address. The part from "#" on is not signed; nothing else of it is changed.
 *
 * @param bool $refused WeChat has refused a signature: the ticket is fetched again, at most once a minute
 * @return array{appId: string, timestamp: int, nonceStr: string, signature: string}
 */
function sign(string $url, bool $refused = false): array
{
    $url = explode('#', $url, 2)[0];
    $nonce = bin2hex(random_bytes(8));
    $time = time();
    $text = 'jsapi_ticket=' . ticket($refused) . "&noncestr=$nonce&timestamp=$time&url=$url";
    return ['appId' => setting('WECHAT_APP_ID'), 'timestamp' => $time, 'nonceStr' => $nonce, 'signature' => sha1($text)];
}

/**
 * The ticket for signatures. It is good for two hours, and WeChat gives it out a limited number of times a day: so all
 * processes share one, in a file that one of them at a time may renew.
 */
function ticket(bool $refused = false): string
{
    $folder = __DIR__ . '/data';
    if (!is_dir($folder) && !@mkdir($folder, 0700, true) && !is_dir($folder)) {
        throw new \RuntimeException("$folder cannot be made: the ticket has to be kept somewhere.");
    }
    // Another account, or the sandbox instead of WeChat, has tickets of its own.
    $account = substr(sha1(setting('WECHAT_APP_ID') . apiUrl()), 0, 12);
    $file = "$folder/$account.json";
    $known = read($file);
    if (isGood($known['ticket'] ?? null) && !mayRenew($known, $refused)) {
        return $known['ticket']['value'];
    }
    $lock = fopen("$folder/$account.lock", 'c');
    if (!$lock || !flock($lock, LOCK_EX)) {
        throw new \RuntimeException("$folder/$account.lock cannot be locked.");
    }
    try {
        // Whoever waited for the lock finds what the one before has fetched.
        $known = read($file);
        if (isGood($known['ticket'] ?? null) && !mayRenew($known, $refused)) {
            return $known['ticket']['value'];
        }
        try {
            if (($known['failedAt'] ?? 0) > time() - PAUSE) {
                throw new Refused('WeChat refused a moment ago: ' . $known['failure']);
            }
            $known = [...renewed($known), 'fetchedAt' => time()];
        } catch (Refused $refusal) {
            if (($known['failedAt'] ?? 0) <= time() - PAUSE) {
                write($file, [...$known, 'failedAt' => time(), 'failure' => $refusal->getMessage()]);
            }
            // The reserve is there for this: what still signs is used until its successor has come.
            if (isGood($known['ticket'] ?? null, 0)) {
                return $known['ticket']['value'];
            }
            throw $refusal;
        }
        write($file, $known);
        return $known['ticket']['value'];
    } finally {
        flock($lock, LOCK_UN);
        fclose($lock);
    }
}

/** Any page can say that it was refused; so it costs WeChat one request a minute at most. */
function mayRenew(array $known, bool $refused): bool
{
    return $refused && max($known['fetchedAt'] ?? 0, $known['failedAt'] ?? 0) < time() - OFTEN;
}

/** A new ticket, and a new token where the one that is there has ended. */
function renewed(array $known): array
{
    if (isGood($known['token'] ?? null)) {
        try {
            return ['token' => $known['token'], 'ticket' => fetchTicket($known['token']['value'])];
        } catch (Refused $refusal) {
            // Somebody else may have fetched a token, and ended ours: 40001, 40014, 42001.
            if (!in_array($refusal->getCode(), [40001, 40014, 42001], true)) {
                throw $refusal;
            }
        }
    }
    // stable_token takes nobody else's token away, as /cgi-bin/token would.
    $answer = ask('POST', '/cgi-bin/stable_token', [], [
        'grant_type' => 'client_credential',
        'appid' => setting('WECHAT_APP_ID'),
        'secret' => setting('WECHAT_APP_SECRET'),
    ]);
    $token = kept($answer['access_token'], $answer['expires_in']);
    return ['token' => $token, 'ticket' => fetchTicket($token['value'])];
}

function fetchTicket(string $token): array
{
    $answer = ask('GET', '/cgi-bin/ticket/getticket', ['access_token' => $token, 'type' => 'jsapi']);
    return kept($answer['ticket'], $answer['expires_in']);
}

function kept(string $value, int $seconds): array
{
    return ['value' => $value, 'until' => time() + $seconds];
}

function isGood(?array $kept, int $reserve = RESERVE): bool
{
    return $kept !== null && $kept['until'] > time() + $reserve;
}

/** Where a person is sent to log in; `state` comes back with them. The order of the parameters is WeChat's. */
function authorizeUrl(string $redirectUri, string $state): string
{
    $query = http_build_query([
        'appid' => setting('WECHAT_APP_ID'),
        'redirect_uri' => $redirectUri,
        'response_type' => 'code',
        'scope' => 'snsapi_base',
        'state' => $state,
    ]);
    return setting('WECHAT_OPEN_URL', 'https://open.weixin.qq.com') . "/connect/oauth2/authorize?$query#wechat_redirect";
}

/**
 * Whose code this is; null for the made-up visitor of WeChat's snapshot pages, who is nobody. A code is good once, for
 * five minutes.
 */
function openidOf(string $code): ?string
{
    $answer = ask('GET', '/sns/oauth2/access_token', [
        'appid' => setting('WECHAT_APP_ID'),
        'secret' => setting('WECHAT_APP_SECRET'),
        'code' => $code,
        'grant_type' => 'authorization_code',
    ]);
    return ($answer['is_snapshotuser'] ?? 0) === 1 ? null : $answer['openid'];
}

function apiUrl(): string
{
    return rtrim(setting('WECHAT_API_URL', 'https://api.weixin.qq.com'), '/');
}

/** @throws Refused with WeChat's errcode as its code, or 0 where no answer came */
function ask(string $method, string $path, array $query, ?array $body = null): array
{
    $options = ['method' => $method, 'timeout' => 5, 'ignore_errors' => true, 'follow_location' => 0];
    if ($body !== null) {
        $options += ['header' => 'content-type: application/json', 'content' => json_encode($body)];
    }
    $address = apiUrl() . $path . ($query ? '?' . http_build_query($query) : '');
    // The address has the secret in it: neither it nor PHP's warning, which repeats it, may get anywhere.
    $text = @file_get_contents($address, false, stream_context_create(['http' => $options]));
    $answer = $text === false ? null : json_decode($text, true);
    if (!is_array($answer)) {
        throw new Refused("$path: no answer that could be read.");
    }
    if (($answer['errcode'] ?? 0) !== 0) {
        throw new Refused("$path: {$answer['errcode']} " . ($answer['errmsg'] ?? ''), $answer['errcode']);
    }
    return $answer;
}

function read(string $file): array
{
    $text = @file_get_contents($file);
    $known = $text === false ? null : json_decode($text, true);
    return is_array($known) ? $known : [];
}

// Another name first: whoever reads meanwhile finds the old file or the new one, and never half of one.
function write(string $file, array $known): void
{
    $next = $file . '.' . getmypid();
    $old = umask(0077);
    try {
        if (file_put_contents($next, json_encode($known)) === false || !rename($next, $file)) {
            throw new \RuntimeException("$file cannot be written.");
        }
    } finally {
        umask($old);
    }
}
