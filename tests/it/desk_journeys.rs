//! What she decides, looks back at and asks, over a socket, and what the command line makes of it.

use crate::desk::{Desk, Session};
use crate::trial::{printed, srez};
use srez_testkit::sources::{files_below, root};
use std::path::Path;

/// Drops workbooks of the sample whose paths hold one of these words.
fn drop_some(session: &Session<'_>, words: &[&str]) -> Vec<String> {
    let delivered = files_below(&root().join("sample-data/2026-05"));
    let wanted: Vec<String> =
        delivered.into_iter().filter(|path| words.iter().any(|word| path.contains(word))).collect();
    for path in &wanted {
        assert_eq!(session.drop_sample(&format!("2026-05/{path}")).code, 201, "{path}");
    }
    wanted
}

/// Checks, and the page of receiving afterwards.
fn checked(session: &Session<'_>) -> String {
    session.post("/api/1/check", "{}");
    session.wait();
    session.get("/priem").body
}

/// The id of the row of the first file whose name holds a word.
fn id_of(page: &str, word: &str) -> String {
    let row = page.split("<tr ").find(|row| row.contains("data-id") && row.contains(word)).unwrap();
    let (_, id) = row.split_once("data-id=\"").unwrap();
    id.split('"').next().unwrap().to_owned()
}

fn delete(session: &Session<'_>, path: &str) -> u16 {
    let body = b"{\"at\":\"2026-06-05 10:05\"}";
    session.change(&format!("DELETE {path}"), "application/json", body).code
}

/// The settings of a workspace as the command line takes them.
fn check(workspace: &Path) -> String {
    printed(&srez(workspace, &["check", "настройки.toml"]))
}

#[test]
fn what_is_decided_is_obeyed_everywhere_until_it_is_taken_back() {
    let desk = Desk::start();
    let session = desk.enter();
    session.wait();
    drop_some(&session, &["edu990014"]);
    let put = "PUT /api/1/incoming?path=note.csv";
    assert_eq!(session.change(put, "application/octet-stream", "кружок;день\nшахматы;вторник\n".as_bytes()).code, 201);
    let page = checked(&session);
    let id = id_of(&page, "note.csv");
    assert!(session.get(&format!("/priem/{id}")).body.contains("data-decide=\"ignore\""));

    let decide = |what: &str| session.post("/api/1/decisions", &format!("{{\"file\":\"{id}\",{what}}}"));
    let wrong = decide("\"kind\":\"ignore\",\"at\":\"вчера\"");
    assert!(wrong.code == 409 && wrong.body.contains("время"), "{}", wrong.body);
    let wrong = decide("\"kind\":\"form\",\"form\":\"nowhere\",\"at\":\"2026-06-05 10:00\"");
    assert!(wrong.code == 409 && wrong.body.contains("nowhere"), "{}", wrong.body);
    assert!(!desk.workspace().join("решения.jsonl").exists());

    assert_eq!(decide("\"kind\":\"ignore\",\"at\":\"2026-06-05 10:00\"").code, 201);
    session.wait();
    assert!(session.get("/priem").body.contains("Не учитываются: так решено: 1"));
    let said = check(&desk.workspace());
    assert!(said.contains("note.csv — не учитывается по решению") && said.contains("05.06.2026 10:00"), "{said}");
    let history = session.get("/istoriya").body;
    assert!(history.contains("note.csv — не результаты") && history.contains("data-undo=\"1\""), "{history}");

    assert_eq!(delete(&session, "/api/1/decisions/1"), 204);
    assert_eq!(delete(&session, "/api/1/decisions/1"), 409);
    session.wait();
    assert!(!session.get("/priem").body.contains("так решено"));
    assert!(!check(&desk.workspace()).contains("по решению"));
    // A file of one form, read as another, contradicts nobody.
    let one = id_of(&session.get("/priem").body, "2026 (1).xlsx");
    let rival = "Русский язык 4 класс ВПР 2026.xlsx — принят";
    assert!(!check(&desk.workspace()).contains(rival));
    let body = format!("{{\"file\":\"{one}\",\"kind\":\"form\",\"form\":\"oge-export\",\"at\":\"2026-06-05 10:10\"}}");
    assert_eq!(session.post("/api/1/decisions", &body).code, 201);
    session.wait();
    let said = check(&desk.workspace());
    assert!(said.contains("читается как «") && said.contains(rival), "{said}");
    // Nothing that was decided is forgotten.
    let lines = std::fs::read_to_string(desk.workspace().join("решения.jsonl")).unwrap();
    assert_eq!(lines.lines().count(), 3);
}

#[test]
fn of_two_files_of_one_class_that_which_she_chose_is_taken() {
    let desk = Desk::start();
    let session = desk.enter();
    session.wait();
    drop_some(&session, &["edu990014"]);
    let page = checked(&session);
    let rejected = page.matches("data-group=\"todo\"").count();
    let (one, other) = (id_of(&page, "2026 (1).xlsx"), id_of(&page, "Русский язык 4 класс ВПР 2026.xlsx"));
    let side = session.get(&format!("/priem/{one}")).body;
    assert!(side.contains("Верен этот файл") && side.contains("Различаются ячеек"), "{side}");
    assert!(side.contains(&format!("data-over=\"{other}\"")), "{side}");

    let body = format!("{{\"file\":\"{one}\",\"kind\":\"prefer\",\"over\":\"{other}\",\"at\":\"2026-06-05 10:00\"}}");
    assert_eq!(session.post("/api/1/decisions", &body).code, 201);
    session.wait();
    let page = session.get("/priem").body;
    assert!(page.matches("data-group=\"todo\"").count() < rejected, "{page}");
    assert!(session.get(&format!("/priem/{other}")).body.contains("верен другой файл"));
    let said = check(&desk.workspace());
    assert!(said.contains("верны результаты в файле"), "{said}");
}

#[test]
fn a_second_start_leads_to_the_first() {
    let desk = Desk::start();
    let again = srez(Path::new("."), &["desk", "--no-browser", desk.workspace().to_str().unwrap()]);
    assert_eq!(again.status.code(), Some(0), "{}", printed(&again));
    let told = printed(&again);
    let (_, ticket) = told.lines().next().unwrap().split_once("/in#").unwrap();
    assert!(told.contains(&desk.host), "{told}");
    let origin = desk.origin();
    let headers = [("Host", desk.host.as_str()), ("Origin", &origin), ("Content-Type", "application/json")];
    let entered = desk.send("POST /api/1/enter", &headers, format!("{{\"ticket\":\"{ticket}\"}}").as_bytes());
    assert_eq!(entered.code, 204);
}

#[test]
fn an_issue_is_explained_turned_back_and_tried_under_other_thresholds() {
    let desk = Desk::start();
    let session = desk.enter();
    session.wait();
    drop_some(&session, &["Математика 8 класс", "Русский язык 5 класс"]);
    checked(&session);
    assert_eq!(session.post("/api/1/runs", "{}").code, 202);
    let state = session.wait();
    assert!(state.contains("\"fault\":\"\""), "{state}");

    // A number down to the cells.
    let page = session.get("/vypusk").body;
    let (_, address) = page.split_once("data-why=\"").unwrap();
    let address: String = address.split('"').next().unwrap().bytes().map(|byte| format!("%{byte:02X}")).collect();
    let why = session.get(&format!("/vypusk/otkuda?address={address}"));
    assert!(why.code == 200 && why.body.contains("class=\"sheet\"") && why.body.contains("лист «"), "{}", why.body);
    assert_eq!(session.get("/vypusk/otkuda?address=nowhere").code, 409);

    // A threshold is tried, and set only with a reason.
    let settings = || std::fs::read_to_string(desk.workspace().join("настройки.toml")).unwrap();
    let before = settings();
    let tried = session.post("/api/1/thresholds/try", "{\"id\":\"F01.sufficient\",\"value\":\"95\"}");
    assert!(tried.code == 200 && tried.body.contains("60 → 95"), "{}", tried.body);
    assert!(!tried.body.contains("не меняются") && settings() == before, "{}", tried.body);
    let (_, version) = tried.body.split_once("data-version=\"").unwrap();
    let version = version.split('"').next().unwrap();
    let set = |reason: &str| {
        let body =
            format!("{{\"id\":\"F01.sufficient\",\"value\":\"95\",\"reason\":\"{reason}\",\"version\":\"{version}\"}}");
        session.post("/api/1/thresholds", &body).code
    };
    assert_eq!((set(""), settings() == before), (409, true));
    assert_eq!(set("решение методсовета"), 204);
    assert!(settings().contains("решение методсовета"));
    // The page that knew the settings before is refused.
    assert_eq!(set("ещё раз"), 409);

    // The way back needs a reason, writes a version of its own, and the page tells it.
    assert_eq!(session.post("/api/1/history/return", "{\"to\":0,\"reason\":\" \"}").code, 409);
    assert_eq!(session.post("/api/1/history/return", "{\"to\":0,\"reason\":\"проба\"}").code, 201);
    let history = session.get("/istoriya").body;
    assert!(history.contains("Возврат к срезу 0") && history.contains("составлен по срезу 1"), "{history}");
    let part = session.get("/istoriya/1?with=2").body;
    assert!(part.contains("Вернуться к срезу 1") && part.contains("Отличаются"), "{part}");
}

#[test]
fn a_folder_that_was_moved_is_named_and_nothing_breaks() {
    let desk = Desk::start();
    let session = desk.enter();
    session.wait();
    std::fs::rename(desk.workspace(), desk.workspace().with_file_name("другое имя")).unwrap();
    assert_eq!(session.get("/priem").code, 303);
    let places = session.get("/mesta").body;
    assert!(places.contains("Северная Долина не найдена"), "{places}");
    assert_eq!(session.post("/api/1/check", "{}").code, 409);
}
