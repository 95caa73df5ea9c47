<?php
// A page that shares a card and knows who reads it. php -S 127.0.0.1:8080 -t public public/index.php

declare(strict_types=1);

require __DIR__ . '/../wechat.php';

use function WeChat\setting;

/** The address at which people reach this site, as it is entered in WeChat's console. Not taken from the request. */
$site = rtrim(setting('SITE_URL', 'http://localhost:5180'), '/');
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);

try {
    match ($path) {
        '/' => page($site),
        '/signature' => signature($site),
        '/login' => login($site),
        '/callback' => callback(),
        '/share.png' => picture(),
        default => missing(),
    };
} catch (Throwable $problem) {
    // Into the log with it; a visitor can do nothing with WeChat's codes.
    error_log(get_class($problem) . ': ' . $problem->getMessage());
    http_response_code($problem instanceof WeChat\Refused ? 502 : 500);
    header('content-type: text/plain; charset=utf-8');
    echo 'WeChat cannot be reached at the moment. 暂时无法连接微信。';
}

function page(string $site): void
{
    $openid = session()['openid'] ?? null;
    $who = $openid === null
        ? '<p><a href="/login">登录</a></p>'
        : '<p>已登录：<code>' . htmlspecialchars($openid) . '</code></p>';
    $sdk = explode(',', setting('WECHAT_JSSDK_URLS', 'https://res.wx.qq.com/open/js/jweixin-1.6.0.js'))[0];
    // Into a script as JSON that no "</script>" can end.
    $card = json_encode([
        'title' => '秋天的茶',
        'desc' => '喝什么，怎么喝',
        // Without what WeChat has added to this reader's address.
        'link' => "$site/",
        'imgUrl' => "$site/share.png",
    ], JSON_HEX_TAG | JSON_UNESCAPED_UNICODE);
    header('content-type: text/html; charset=utf-8');
    echo <<<HTML
    <!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>秋天的茶</title>
      </head>
      <body>
        <h1>秋天的茶</h1>
        $who
        <script src="{$sdk}"></script>
        <script>
          const card = $card
          // WeChat verifies the signature against the address that the browser has, without the hash.
          const url = encodeURIComponent(location.href.split('#')[0])
          // Said once after a refusal: another system may have replaced the ticket that the server holds.
          const refused = sessionStorage.getItem('refused')
          sessionStorage.removeItem('refused')
          fetch('/signature?url=' + url + (refused ? '&refused=1' : ''))
            .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error('signature: ' + answer.status))))
            .then((signed) => {
              wx.config({ ...signed, jsApiList: ['updateAppMessageShareData', 'updateTimelineShareData'] })
              wx.ready(() => {
                if (sessionStorage.getItem('refused')) return
                wx.updateAppMessageShareData(card)
                wx.updateTimelineShareData(card)
              })
              wx.error(({ errMsg }) => {
                console.error(errMsg)
                if (!/invalid signature/.test(errMsg) || refused) return
                sessionStorage.setItem('refused', '1')
                location.reload()
              })
            })
            .catch(console.error)
        </script>
      </body>
    </html>
    HTML;
}

/** Signs addresses of this site, and no others: a signature for any address would be one for any site. */
function signature(string $site): void
{
    header('content-type: application/json');
    header('cache-control: no-store');
    $url = $_GET['url'] ?? '';
    if (!is_string($url) || strlen($url) > 2048 || !str_starts_with("$url/", "$site/")) {
        http_response_code(400);
        echo json_encode(['error' => 'url has to be an address of this site']);
        return;
    }
    echo json_encode(WeChat\sign($url, ($_GET['refused'] ?? '') === '1'));
}

function login(string $site): void
{
    $session = session();
    $session['state'] = bin2hex(random_bytes(16));
    $_SESSION = $session;
    header('cache-control: no-store');
    header('location: ' . WeChat\authorizeUrl("$site/callback", $session['state']), true, 302);
}

function callback(): void
{
    $state = session()['state'] ?? null;
    $code = $_GET['code'] ?? null;
    // Only the browser that began may finish, once. WeChat sometimes comes twice: the second time finds a login.
    if (is_string($code) && is_string($_GET['state'] ?? null) && $state !== null && hash_equals($state, $_GET['state'])) {
        unset($_SESSION['state']);
        $openid = WeChat\openidOf($code);
        session_regenerate_id(true);
        $_SESSION['openid'] = $openid;
    } elseif (!isset($_SESSION['openid'])) {
        http_response_code(400);
        header('content-type: text/html; charset=utf-8');
        echo '<meta charset="utf-8"><p>这次登录已失效。<a href="/login">重新登录</a></p>';
        return;
    }
    header('location: /', true, 302);
}

function picture(): void
{
    header('content-type: image/png');
    header('cache-control: public, max-age=86400');
    readfile(__DIR__ . '/share.png');
}

function missing(): void
{
    http_response_code(404);
    echo 'Not found';
}

/** @return array<string, mixed> what is known of this visitor */
function session(): array
{
    if (session_status() !== PHP_SESSION_ACTIVE) {
        session_start([
            'cookie_httponly' => true,
            'cookie_samesite' => 'Lax',
            'cookie_secure' => str_starts_with(setting('SITE_URL', 'http://localhost:5180'), 'https:'),
            'use_strict_mode' => true,
        ]);
    }
    return $_SESSION;
}
