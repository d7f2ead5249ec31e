//! The page that filters: its rows as columns of places in one list of texts, so that no text stands in it twice.

use super::page::{Entry, Extras, shell_with, written};
use super::{FILTER_SCRIPT, FILTER_STYLE};
use askama::Template;
use serde_json::{Value, json};
use srez_model::filter_page::{FilterPage, HIDDEN, PrintedResult, ResultLine, WorkResults};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "filter.html")]
struct Body<'a> {
    page: &'a FilterPage,
    /// True where a drawer tells where a number comes from.
    is_explained: bool,
    /// True where the page knows intervals and counts; an edition does not.
    has_counts: bool,
    years: bool,
}

/// The page.
pub fn filter_page(page: &FilterPage) -> String {
    let results = || page.works.iter().flat_map(|work| &work.groups).flat_map(|group| group.results.iter().flatten());
    let body = written(&Body {
        page,
        is_explained: !page.origins.is_empty(),
        has_counts: results().any(|result| !result.most.is_empty()),
        years: page.works.iter().any(|work| work.year != page.works[0].year),
    });
    let entry =
        |id: &str, title: &str| Entry { id: id.to_owned(), number: String::new(), title: title.to_owned(), depth: 1 };
    let contents = [entry("filters", "Отбор"), entry("result", "Таблица"), entry("reading", "Как читать")];
    let extras = Extras {
        data_id: "filter-data",
        data: data(page).to_string().replace('<', "\\u003c"),
        style: FILTER_STYLE,
        script: FILTER_SCRIPT,
    };
    shell_with(&format!("{}. {}", page.title, page.subtitle), &contents, &body, &extras)
}

/// Texts in the order in which they are first met; the first is empty.
struct Texts {
    texts: Vec<String>,
    places: BTreeMap<String, usize>,
}

impl Texts {
    fn new() -> Self {
        Self { texts: vec![String::new()], places: BTreeMap::from([(String::new(), 0)]) }
    }

    fn place(&mut self, text: &str) -> usize {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        self.places.insert(text.to_owned(), self.texts.len());
        self.texts.push(text.to_owned());
        self.texts.len() - 1
    }
}

fn data(page: &FilterPage) -> Value {
    let mut texts = Texts::new();
    // The page knows a hidden number by this place.
    texts.place(HIDDEN);
    let mut areas: Vec<&(String, String)> = page.works.iter().map(|work| &work.area).collect();
    areas.dedup();
    let works: Vec<Value> = page.works.iter().map(|work| of_work(work, &areas, &mut texts)).collect();
    let of_groups =
        |of: fn(&srez_model::filter_page::ResultGroup) -> &str| -> Vec<&str> { page.groups.iter().map(of).collect() };
    json!({
        "title": page.title,
        "subtitle": page.subtitle,
        "footer": page.footer,
        "note": page.note,
        "why": page.hidden_because,
        "areas": { "id": areas.iter().map(|area| &area.0).collect::<Vec<_>>(),
            "title": areas.iter().map(|area| &area.1).collect::<Vec<_>>() },
        "groups": { "level": of_groups(|group| group.level.id()), "id": of_groups(|group| &group.id),
            "name": of_groups(|group| &group.name) },
        "origins": page.origins.iter().map(|origin| json!({ "title": origin.title, "formula": origin.formula,
            "counts": origin.counts, "source": origin.source, "column": origin.column })).collect::<Vec<_>>(),
        "files": page.files,
        "lists": page.lists,
        "sentence": { "head": page.sentence.head, "hidden": page.sentence.hidden,
            "participants": page.sentence.participants, "interval": page.sentence.interval,
            "points": page.sentence.points },
        "works": works,
        "texts": texts.texts,
    })
}

fn of_work(work: &WorkResults, areas: &[&(String, String)], texts: &mut Texts) -> Value {
    let kinds: Vec<&str> = work.lines.iter().map(|line| line.kind.id()).collect();
    let mut of_lines =
        |of: fn(&ResultLine) -> &str| -> Vec<usize> { work.lines.iter().map(|line| texts.place(of(line))).collect() };
    let (task, skill, what) = (of_lines(|it| &it.task), of_lines(|it| &it.skill), of_lines(|it| &it.what));
    let (named, said) = (of_lines(|it| &it.named), of_lines(|it| &it.said));
    let mut column = |of: fn(&PrintedResult) -> &str| -> Vec<usize> {
        let rows = work.groups.iter().flat_map(|group| &group.results);
        let column: Vec<usize> = rows.map(|row| row.as_ref().map_or(0, |row| texts.place(of(row)))).collect();
        if column.iter().all(|place| *place == 0) { Vec::new() } else { column }
    };
    json!({
        "id": work.id,
        "area": areas.iter().position(|area| **area == work.area),
        "grade": work.grade,
        "year": work.year,
        "title": work.title,
        "words": work.words,
        "lines": { "kind": kinds, "task": task, "skill": skill, "what": what, "named": named, "said": said,
            "origin": work.lines.iter().filter_map(|line| line.origin).collect::<Vec<_>>() },
        "groups": work.groups.iter().map(|group| group.group).collect::<Vec<_>>(),
        "lists": work.groups.iter().filter_map(|group| group.list).collect::<Vec<_>>(),
        "n": column(|row| &row.n),
        "share": column(|row| &row.share),
        "low": column(|row| &row.low),
        "high": column(|row| &row.high),
        "sum": column(|row| &row.sum),
        "most": column(|row| &row.most),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use srez_model::filter_page::{GroupResults, LineKind, ResultGroup};

    /// Two groups, one of them hidden, and names that would end the element or run as a script.
    fn page() -> FilterPage {
        let group = |name: &str| ResultGroup { id: name.to_owned(), name: name.to_owned(), ..ResultGroup::default() };
        let line = |kind, what: &str| ResultLine {
            kind,
            task: String::new(),
            skill: String::new(),
            what: what.to_owned(),
            named: what.to_owned(),
            said: "{share} %".to_owned(),
            origin: None,
        };
        let shown = |share: &str| {
            Some(PrintedResult { n: "30".to_owned(), share: share.to_owned(), ..PrintedResult::default() })
        };
        let results = |group, first, second| GroupResults { group, list: None, results: vec![first, second] };
        FilterPage {
            title: "</script><script>alert(1)</script>".to_owned(),
            groups: vec![group("Округ"), group("<img src=x onerror=alert(1)>")],
            works: vec![WorkResults {
                id: "vpr-2026-math-8".to_owned(),
                lines: vec![line(LineKind::Work, "Успеваемость"), line(LineKind::Task, "№ 1")],
                groups: vec![results(0, shown("45"), shown("45")), results(1, shown(HIDDEN), None)],
                ..WorkResults::default()
            }],
            ..FilterPage::default()
        }
    }

    fn data_of(html: &str) -> Value {
        let (_, rest) = html.split_once("id=\"filter-data\">").unwrap();
        serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
    }

    #[test]
    fn a_text_stands_once_and_rows_are_places() {
        let data = data_of(&filter_page(&page()));
        assert_eq!(data["texts"], json!(["", "скрыто", "Успеваемость", "№ 1", "{share} %", "30", "45"]));
        let work = &data["works"][0];
        assert_eq!(work["share"], json!([6, 6, 1, 0]));
        assert_eq!(work["n"], json!([5, 5, 5, 0]));
        assert_eq!(work["low"], json!([]), "what is told of nobody takes no room");
    }

    #[test]
    fn hostile_names_stay_names() {
        let html = filter_page(&page());
        assert!(!html.contains("<script>alert") && !html.contains("<img src=x"));
        assert_eq!(html.matches("<script").count(), 2, "the data and the one script");
        assert_eq!(data_of(&html)["groups"]["name"][1], "<img src=x onerror=alert(1)>");
        assert!(!html.contains("//www.") || html.contains("schemas.openxmlformats.org"));
    }
}
