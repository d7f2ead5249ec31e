//! «Профиль школы» (D4): two pages for the head of a school; other schools appear as median and quartiles only.

use crate::context::{Chapter, Context};
use crate::facts::data_quality;
use crate::facts::deficits::{self, Deficit};
use crate::facts::skills::findings_of;
use crate::facts::{catalogue_text, looked_at, results, works as of_works, works_words};
use crate::sections::{row, school_results, section, share, table, text};
use crate::table::TableOf;
use srez_model::check::CheckState;
use srez_model::delivery::{FileEntry, FileStatus};
use srez_model::finding::{Finding, Status};
use srez_model::level::Level;
use srez_model::measures::BoundaryRow;
use srez_model::note::Severity;
use srez_model::recommendations::Occasion;
use srez_model::report::{Block, Cell, DocumentKind, KeyFigure, Report, Section, Statement, Text};
use srez_model::sign::SignId;
use srez_model::unit::as_f64;
use srez_wording::{date, number as print, sentence, text as words};

/// Deficits and strengths that the profile shows.
const MOST: usize = 6;
/// Rows of the plan.
const MOST_PLANNED: usize = 3;
/// Lines on what was checked without a finding.
const MOST_CHECKED: usize = 10;

/// The profile of one school over all works of the period.
pub fn compose(context: &Context<'_>, chapters: &[Chapter<'_>], school: &str) -> Report {
    let found = deficits::of_school(context, chapters, school);
    let sections = vec![
        section("Результаты по работам", false, school_results::blocks(context, chapters, school)),
        section("Что требует внимания", false, attention(context, chapters, school, &found)),
        section("Что получается", false, strengths(context, chapters, school)),
        section("Проверено, отличий не выявлено", false, checked(context, chapters, school)),
        section("Качество данных школы", false, quality(context, school)),
        section("План: заготовка", false, plan(context, chapters, &found)),
        reading(context),
    ];
    Report {
        key_figures: key_figures(chapters, school, &found),
        passport: passport(context, chapters, school),
        running_head: format!("Профиль школы. {}", context.school(school)),
        footer: format!("Срез {} от {} · только для школы и отдела", context.version, date::short(context.date)),
        sections,
        ..context.report(
            DocumentKind::SchoolProfile,
            format!("Профиль школы: {}", context.school(school)),
            context.title.to_owned(),
        )
    }
}

fn key_figures(chapters: &[Chapter<'_>], school: &str, found: &[Deficit<'_>]) -> Vec<KeyFigure> {
    let taken = of_works::count_where(chapters, |one| results::participants(one.measures, Level::School, school) > 0);
    let tested = found.iter().filter(|deficit| deficit.status == Status::Probable).count() as u64;
    let strong = chapters.iter().map(|chapter| of_sign(chapter, school, "S03").count() as u64).sum::<u64>();
    let figure = |n: u64, unit: fn(u64) -> String| KeyFigure { value: print::count(n), unit: unit(n) };
    vec![
        figure(taken, sentence::works::works_of_period_unit),
        figure(of_works::participants(chapters, Level::School, school), sentence::participants::results_unit),
        figure(tested, sentence::works::lower_results_unit),
        figure(strong, sentence::works::worth_results_unit),
    ]
}

fn passport(context: &Context<'_>, chapters: &[Chapter<'_>], school: &str) -> Vec<(String, String)> {
    let line = |name: &str, value: String| (name.to_owned(), value);
    let grades: std::collections::BTreeSet<u8> = chapters
        .iter()
        .filter(|chapter| results::participants(chapter.measures, Level::School, school) > 0)
        .map(|chapter| chapter.measures.exam.key.grade)
        .collect();
    let grades: Vec<String> = grades.iter().map(u8::to_string).collect();
    let kind = context.types.get(school).filter(|kind| !kind.is_empty());
    vec![
        line("Код в таблицах", school.to_owned()),
        line("Тип", kind.cloned().unwrap_or_else(|| "нет данных: тип школы в реестре".to_owned())),
        line("Классы с результатами", if grades.is_empty() { "нет".to_owned() } else { words::list(&grades) }),
        line("Дата и версия данных", format!("{}, срез {}", date::short(context.date), context.version)),
    ]
}

fn of_sign<'a>(chapter: &Chapter<'a>, school: &'a str, sign: &'static str) -> impl Iterator<Item = &'a Finding> {
    findings_of(chapter, school).filter(move |finding| finding.sign.id == sign)
}

/// The deficits as a table, then what else the signs say of the school.
fn attention(context: &Context<'_>, chapters: &[Chapter<'_>], school: &str, found: &[Deficit<'_>]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let least = context.limit("privacy.group");
    if found.is_empty() {
        let sizes = chapters.iter().map(|chapter| results::participants(chapter.measures, Level::School, school));
        let (status, words) = if sizes.max().is_none_or(|n| results::is_small(context, n)) {
            let words =
                format!("Во всех работах участников меньше {least}: выводы об умениях не делаются, сравнения нет.");
            (Status::NoData, words)
        } else {
            nothing_found(context, chapters, school)
        };
        blocks.push(Block::Statement(Statement { status, text: words.into() }));
    } else {
        let rows = found.iter().take(MOST);
        let rows = rows.filter_map(|deficit| Some((&chapters.get(deficit.chapter)?.measures.exam, deficit)));
        let note = format!(
            "«Факт»: больше половины заданий на умение ниже порога, и их не меньше {} (F07). «Вероятно»: результат \
             ниже, чем в остальных школах, отличие проверено (S01, S01a), и рядом стоят остальные школы. Если \
             участников меньше {least}, вывода нет.",
            context.limit("F07.tasks")
        );
        let table = TableOf::new(rows)
            .text("Работа", 2.6, |(exam, _)| exam.title())
            .text("Умение", 3.2, |(_, deficit)| words::shortened(&deficit.title(), 60))
            .text("Задания", 1.4, |(_, deficit)| deficit.tasks.join(", "))
            .number("%", 1.0, |(_, deficit)| share(Some(deficit.value), deficit.n))
            .count("Чел.", 1.0, |(_, deficit)| deficit.n)
            .number("Муниц., %", 1.0, |(_, deficit)| share(deficit.reference, 1000))
            .number("Муниц., чел.", 1.0, |(_, deficit)| deficit.n_reference.map_or(Cell::Missing, Cell::count))
            .text("Вывод", 1.3, |(_, deficit)| deficit.status.title().to_lowercase());
        blocks.push(table.named("attention", "Умения и работы, требующие внимания", note));
        if MOST < found.len() {
            let rest = sentence::files::more_rows((found.len() - MOST) as u64, "в таблице skills папки data");
            blocks.push(Block::Note(Text::plain(rest)));
        }
    }
    blocks.extend(other_findings(chapters, school));
    blocks
}

/// What may be said of a school of which nothing was found, as far as it was looked at.
fn nothing_found(context: &Context<'_>, chapters: &[Chapter<'_>], school: &str) -> (Status, String) {
    let judged = looked_at::judges_skills(context, chapters, school);
    let (status, words) = match (judged, looked_at::compares(chapters, school)) {
        (true, true) => (Status::Checked, "Умений с недостаточным уровнем и отличий от остальных школ не найдено."),
        (true, false) => (
            Status::Checked,
            "Умений с недостаточным уровнем не выявлено. С остальными школами результат не сравнивался.",
        ),
        (false, true) => (
            Status::Checked,
            "Отличий от остальных школ не найдено. Об уровне умений вывода нет: порогов для заданий школы нет.",
        ),
        (false, false) => (
            Status::NoData,
            "Вывода нет: порогов для заданий школы нет, с остальными школами результат не сравнивался.",
        ),
    };
    if looked_at::may_have_missed(chapters, school) {
        return (status, format!("{words} Небольшие отличия по этим данным не различить."));
    }
    (status, words.to_owned())
}

/// Findings that are neither skills nor strengths: one statement per sign, with the other works of the same sign.
fn other_findings(chapters: &[Chapter<'_>], school: &str) -> Vec<Block> {
    let found: Vec<(&Chapter<'_>, &Finding)> = chapters
        .iter()
        .flat_map(|chapter| findings_of(chapter, school).map(move |finding| (chapter, finding)))
        .filter(|(_, finding)| {
            !["S01", "S01a", "S01b", "S03"].contains(&finding.sign.id.as_str())
                && finding.is_told()
                && finding.status != Status::Checked
        })
        .collect();
    let mut signs: Vec<SignId> = Vec::new();
    for (_, finding) in &found {
        if !signs.contains(&finding.sign.id) {
            signs.push(finding.sign.id);
        }
    }
    let statement = |sign: &SignId| {
        let of_sign: Vec<_> = found.iter().filter(|(_, finding)| finding.sign.id == *sign).collect();
        let (chapter, first) = of_sign.first()?;
        let others = of_sign.iter().map(|(chapter, _)| &*chapter.measures.exam);
        let also = works_words(others.filter(|exam| exam.key != chapter.measures.exam.key));
        let tail = if also.is_empty() { String::new() } else { format!(" То же: {also}.") };
        let text = Text::default()
            .bold(format!("{}. ", chapter.measures.exam.title()))
            .then(format!("{}{tail}", words::capitalised(first.said.without_subject())));
        Some(Block::Statement(Statement { status: first.status, text }))
    };
    signs.iter().take(MOST).filter_map(statement).collect()
}

fn strengths(context: &Context<'_>, chapters: &[Chapter<'_>], school: &str) -> Vec<Block> {
    let lines: Vec<Text> = chapters
        .iter()
        .flat_map(|chapter| {
            let list = crate::sections::worth_studying::list(chapter);
            let entries = list.map(|list| list.entries.as_slice()).unwrap_or_default();
            entries.iter().filter(|entry| entry.school == school).map(move |entry| {
                Text::plain(format!(
                    "{}. {}: {} (n\u{a0}=\u{a0}{}) при {} в остальных школах{}{}",
                    chapter.measures.exam.title(),
                    entry.matter_title,
                    print::percent(entry.value, entry.n),
                    print::count(entry.n),
                    print::percent(entry.reference, 1000),
                    if entry.kind.is_empty() { String::new() } else { format!(" типа {}", entry.kind) },
                    entry.n_reference.map_or_else(String::new, |n| format!(" (n\u{a0}=\u{a0}{})", print::count(n)))
                ))
            })
        })
        .take(MOST)
        .collect();
    if lines.is_empty() && !looked_at::compares(chapters, school) {
        return vec![Block::Note("С остальными школами результат не сравнивался.".into())];
    }
    if lines.is_empty() {
        let least = context.limit("S03.participants");
        let words = format!(
            "Умений, по которым результат подтверждённо выше остальных школ (S03, не менее {least} участников), не \
             выявлено."
        );
        return vec![Block::Note(words.into())];
    }
    vec![Block::List(lines)]
}

/// Grey sentences: what was tested for this school and did not fire.
fn checked(context: &Context<'_>, chapters: &[Chapter<'_>], school: &str) -> Vec<Block> {
    let mut lines: Vec<Text> = Vec::new();
    let quiet = |tested: &dyn Fn(&Chapter<'_>) -> bool, signs: &[&str]| -> String {
        let clean = |chapter: &&Chapter<'_>| {
            tested(chapter) && !findings_of(chapter, school).any(|finding| signs.contains(&finding.sign.id.as_str()))
        };
        works_words(chapters.iter().filter(clean).map(|chapter| &*chapter.measures.exam))
    };
    let compared = |measure: &'static str, state: CheckState| {
        move |chapter: &Chapter<'_>| {
            chapter.measures.comparison_of(Level::School, school, measure).is_some_and(|row| row.state == state)
        }
    };
    let bunching = |chapter: &Chapter<'_>| {
        // Where all schools bunch together, none is free of it.
        let all = chapter.measures.bunching_of(context.focus.level, &context.focus.name);
        let is_common = all.is_some_and(BoundaryRow::is_found);
        let row = chapter.measures.bunching_of(Level::School, school);
        !is_common && row.is_some_and(|row| row.state == Some(CheckState::NotFound))
    };
    let journal = |chapter: &Chapter<'_>| {
        chapter.measures.journal_of(Level::School, school).is_some_and(|row| row.n >= 10 && row.gap2 == 0)
    };
    let two = |state| compared(srez_model::compared::SHARE_OF_TWO, state);
    let total = |state| compared(srez_model::compared::TOTAL, state);
    let of_state = |state: CheckState| (quiet(&two(state), &["S02"]), quiet(&total(state), &["S01a", "S03"]));
    let ((no_twos, no_total), (unseen_twos, unseen_total)) =
        (of_state(CheckState::NotFound), of_state(CheckState::Indistinct));
    let checks: [(&str, String); 6] = [
        ("Отличие доли отметок «2» от остальных школ не выявлено", no_twos),
        ("Отличие результата работы в целом от остальных школ не выявлено", no_total),
        ("Отличие доли отметок «2» не найдено, но небольшое отличие по этим данным не различить", unseen_twos),
        ("Отличие результата работы в целом не найдено, но небольшое по этим данным не различить", unseen_total),
        ("Скопления работ у границ отметок не выявлено", quiet(&bunching, &["S05"])),
        ("Расхождений с журналом в две отметки и более нет", quiet(&journal, &[])),
    ];
    for (title, works) in checks {
        if !works.is_empty() {
            lines.push(Text::default().bold(format!("{title}: ")).then(works));
        }
    }
    lines.truncate(MOST_CHECKED);
    if lines.is_empty() {
        let least = context.thresholds.value("S02.participants");
        let sizes = chapters.iter().map(|chapter| results::participants(chapter.measures, Level::School, school));
        let words = if looked_at::compares(chapters, school) || chapters.iter().any(bunching) {
            "Всё, что проверялось, отличается: об этом сказано выше.".to_owned()
        } else if sizes.max().is_none_or(|n| as_f64(n) < least) {
            format!("Сравнение не проводилось: во всех работах участников меньше {}.", print::decimal(least, 0))
        } else {
            "Сравнение не проводилось: данных для проверки недостаточно.".to_owned()
        };
        return vec![Block::Note(Text::plain(words))];
    }
    vec![Block::List(lines)]
}

/// Files of this school alone: accepted, refused, noted.
fn quality(context: &Context<'_>, school: &str) -> Vec<Block> {
    let own: Vec<&FileEntry> = context.facts.files.iter().filter(|entry| entry.schools == [school]).collect();
    let shared = context
        .facts
        .files
        .iter()
        .filter(|entry| entry.schools.len() > 1 && entry.schools.iter().any(|id| id == school))
        .count() as u64;
    let refused = own.iter().filter(|entry| entry.status == FileStatus::Rejected).count() as u64;
    let notes: Vec<_> = context
        .facts
        .notes
        .iter()
        .filter(|note| own.iter().any(|entry| entry.file.name == note.file) && note.severity != Severity::Warning)
        .collect();
    let quality = context.facts.quality;
    let score =
        quality.of_school(school).map(|of_school| Block::Paragraph(data_quality::in_words(of_school, quality.since())));
    if own.is_empty() && shared == 0 {
        let nothing = "Файлов школы в этот раз не поступало: результаты взяты из базы.";
        return [Block::Note(nothing.into())].into_iter().chain(score).collect();
    }
    let mut said = if own.is_empty() {
        "Отдельных файлов школы нет.".to_owned()
    } else {
        let rows: u64 = own.iter().map(|entry| u64::from(entry.rows.accepted)).sum();
        sentence::files::received(own.len() as u64, refused, rows)
    };
    if shared > 0 {
        said.push(' ');
        said.push_str(&sentence::files::in_shared_files(shared));
    }
    said.push(' ');
    said.push_str(&sentence::files::wrong_places(notes.len() as u64));
    [Block::Paragraph(Text::plain(said))].into_iter().chain(score).collect()
}

/// The first deficits with the measures of the catalogue.
fn plan(context: &Context<'_>, chapters: &[Chapter<'_>], found: &[Deficit<'_>]) -> Vec<Block> {
    let rows: Vec<_> = found
        .iter()
        .take(MOST_PLANNED)
        .filter_map(|deficit| {
            let chapter = chapters.get(deficit.chapter)?;
            let occasion = if deficit.skill.is_empty() { Occasion::SchoolWork } else { Occasion::SchoolSkill };
            let remedy = context.recommendations.remedy(occasion)?;
            let filled = |words: &str| Cell::Text(catalogue_text(context, chapter, words, deficit.skill));
            Some(row(vec![
                Cell::Text(format!(
                    "{}. {}: {}",
                    chapter.measures.exam.title(),
                    deficit.title(),
                    deficit.value_words()
                )),
                filled(&remedy.text),
                Cell::Text(remedy.level.clone()),
                Cell::Text(remedy.term.clone()),
                filled(&remedy.indicator),
            ]))
        })
        .collect();
    if rows.is_empty() {
        return vec![Block::Field("Меры школы на следующий период".to_owned(), 3)];
    }
    let columns = vec![
        text("Недостаток", 2.6),
        text("Мера (предложение)", 3.8),
        text("Уровень", 1.4),
        text("Срок", 1.4),
        text("Показатель", 2.4),
    ];
    let note = "Меры — предложение из каталога, их выбирает и уточняет школа.";
    vec![table("plan", "Заготовка плана".to_owned(), columns, rows, note)]
}

fn reading(context: &Context<'_>) -> Section {
    section(
        "Как читать",
        false,
        vec![Block::Note(Text::plain(format!(
            "Процент выполнения — сумма баллов, делённая на наибольшую возможную сумму. Интервал 95 % показывает, \
             насколько год представляет обычный набор учеников школы. Медиана и квартили — по школам муниципалитета с \
             числом участников не менее {}. Результаты ВПР не служат оценкой учителя и не дают места школы.",
            context.limit("privacy.group")
        )))],
    )
}
