//! Who gets an answer.
//!
//! | a request | must have |
//! |---|---|
//! | of any kind | exactly our host, so that no foreign name leads here |
//! | for a page or its data | the cookie, and not be sent by another site |
//! | that changes something | our origin, the token in a header, a body of JSON or of a file |
//! | for a document of an issue | the random folder of this session |

use crate::state::Desk;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;

/// Header with the token.
pub(crate) const TOKEN: HeaderName = HeaderName::from_static("x-srez");
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Pages take everything from here and nothing from elsewhere.
const OF_PAGES: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                        font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
                        frame-ancestors 'none'";
/// Documents of an issue carry a script of their own: they run as a site of nobody's, which cannot reach the desk.
const OF_DOCUMENTS: &str = "sandbox allow-scripts allow-popups allow-downloads";

/// What a request needs.
enum Needs {
    /// Our host alone: styles, script, fonts, the door.
    Host,
    /// The random folder.
    Capability,
    /// Cookie, and token where it changes something.
    Session,
}

/// Answers what may be answered; anything else gets its code and an empty body.
pub(crate) async fn guard(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let is_document = request.uri().path().starts_with("/i/");
    let mut response = match refuse(&desk, &request) {
        None => next.run(request).await,
        Some(refusal) => refusal,
    };
    let headers = response.headers_mut();
    let policy = if is_document { OF_DOCUMENTS } else { OF_PAGES };
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

fn refuse(desk: &Desk, request: &Request) -> Option<Response> {
    let headers = request.headers();
    if text(headers, &header::HOST) != Some(desk.host().as_str()) {
        return Some(empty(StatusCode::MISDIRECTED_REQUEST));
    }
    let method = request.method();
    let reads = method == Method::GET;
    if !reads && ![Method::POST, Method::PUT, Method::PATCH, Method::DELETE].contains(method) {
        return Some(empty(StatusCode::FORBIDDEN));
    }
    let path = request.uri().path();
    let needs = match path {
        "/in" => Needs::Host,
        _ if path.starts_with("/s/") => Needs::Host,
        _ if path.starts_with("/i/") => Needs::Capability,
        _ => Needs::Session,
    };
    // The one proves itself by a ticket, the other by a secret.
    let enters = ["/api/1/enter", "/api/1/another"].contains(&path);
    match needs {
        Needs::Host | Needs::Capability if !reads => return Some(empty(StatusCode::METHOD_NOT_ALLOWED)),
        Needs::Host => return None,
        Needs::Capability => {
            let given = path.split('/').nth(2).unwrap_or_default();
            return (!desk.secrets.is_capability(given)).then(|| empty(StatusCode::NOT_FOUND));
        }
        Needs::Session => {}
    }
    let site = text(headers, &FETCH_SITE);
    if !matches!(site, None | Some("none" | "same-origin")) || (!reads && site == Some("none")) {
        return Some(empty(StatusCode::FORBIDDEN));
    }
    if !reads {
        if text(headers, &header::ORIGIN) != Some(format!("http://{}", desk.host()).as_str()) {
            return Some(empty(StatusCode::FORBIDDEN));
        }
        let kind = text(headers, &header::CONTENT_TYPE).unwrap_or_default();
        if !["application/json", "application/octet-stream"].contains(&kind) {
            return Some(empty(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        if enters {
            return None;
        }
    }
    let cookie = cookie(headers, &desk.cookie_name());
    if !cookie.is_some_and(|value| desk.secrets.is_cookie(value)) {
        let asks_for_page = reads && !path.starts_with("/api/");
        return Some(if asks_for_page { Redirect::to("/in").into_response() } else { empty(StatusCode::UNAUTHORIZED) });
    }
    let token = text(headers, &TOKEN);
    (!reads && !token.is_some_and(|value| desk.secrets.is_token(value))).then(|| empty(StatusCode::FORBIDDEN))
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let pairs = text(headers, &header::COOKIE)?.split(';');
    pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(own, _)| *own == name).map(|(_, value)| value)
}

fn empty(code: StatusCode) -> Response {
    (code, Body::empty()).into_response()
}
