//! Slides with every kind of body and with texts that try to break a format.

use crate::office_sample::NASTY;
use srez_model::deck::{
    Body, ColumnGroup, ColumnTask, Columns, Decision, Deck, Fill, LevelBar, Pictogram, Shown, Slide, Squares,
};
use srez_model::finding::Verdict;

/// Four slides as an association gets them.
pub fn deck() -> Deck {
    Deck {
        title: "Что показали работы: учителям математики".to_owned(),
        subtitle: "ВПР-2026. Математика, 4 класс; ВПР-2026. Математика, 8 класс".to_owned(),
        centre: "Центр оценки качества образования".to_owned(),
        date: "05.06.2026".to_owned(),
        footer: "ГМО учителей математики · Северная Долина · 05.06.2026".to_owned(),
        slides: vec![
            slide("Ниже порога — 7 заданий", "", count()),
            slide("№ 5.2, 4 класс: 37,4 % при пороге 60 %", "", bars()),
            slide("Группа «3»: № 14 — 23,4 %", "Выполнение в группах, %", columns()),
            slide("Решаем сегодня", "", decisions()),
        ],
    }
}

/// The same with hostile texts wherever there is text.
pub fn nasty_deck() -> Deck {
    let mut deck = deck();
    let nasty = NASTY.join(" ");
    deck.title.clone_from(&nasty);
    deck.footer.clone_from(&nasty);
    for slide in &mut deck.slides {
        for text in [&mut slide.title, &mut slide.lead, &mut slide.alt] {
            text.clone_from(&nasty);
        }
        slide.notes = NASTY.map(str::to_owned).to_vec();
        match &mut slide.body {
            Body::Count(of) => {
                let Pictogram { value, of, text, squares } = of;
                for text in [value, of, text, &mut squares[0].label] {
                    text.clone_from(&nasty);
                }
            }
            Body::Bars(bars) => {
                let LevelBar { name, about, .. } = &mut bars[0];
                for text in [name, about] {
                    text.clone_from(&nasty);
                }
            }
            Body::Columns(of) => {
                for text in [&mut of.groups[0].name, &mut of.tasks[0].name] {
                    text.clone_from(&nasty);
                }
            }
            Body::Decisions(points) => {
                let Decision { what, how, term } = &mut points[0];
                for text in [what, how, term] {
                    text.clone_from(&nasty);
                }
            }
        }
    }
    deck
}

fn slide(title: &str, lead: &str, body: Body) -> Slide {
    let notes = vec![format!("Полторы минуты. {title}."), "Вопросы — в конце.".to_owned()];
    Slide { title: title.to_owned(), lead: lead.to_owned(), alt: format!("На слайде: {title}"), body, notes }
}

fn count() -> Body {
    let squares =
        |count: u64, label: &str, fill| Squares { count, shown: count.to_string(), label: label.to_owned(), fill };
    Body::Count(Pictogram {
        value: "7".to_owned(),
        of: "из 38".to_owned(),
        text: "заданий ниже порога: ВПР, 4 и 8 классы".to_owned(),
        squares: vec![
            squares(7, "ниже порога", Fill::Solid),
            squares(4, "у порога", Fill::Hatched),
            squares(27, "порог достигнут", Fill::Hollow),
        ],
    })
}

fn shown(percent: f64) -> Shown {
    Shown { percent, decimals: 1 }
}

fn bars() -> Body {
    let bar = |name: &str, about: &str, percent, threshold, verdict| LevelBar {
        name: name.to_owned(),
        about: about.to_owned(),
        value: shown(percent),
        threshold,
        verdict,
    };
    Body::Bars(vec![
        bar("4 класс, № 5.2", "чертить фигуру на клетках", 37.4, Some(60.0), Verdict::Insufficient),
        bar("8 класс, № 14", "верно или неверно", 58.9, Some(60.0), Verdict::Zone),
        bar("8 класс, № 17", "", 71.3, Some(30.0), Verdict::Sufficient),
        bar("ОГЭ, № 16", "окружность", 5.5, None, Verdict::Unknown),
    ])
}

fn columns() -> Body {
    let group = |name: &str, colour| ColumnGroup { name: name.to_owned(), colour };
    let task = |name: &str, values| ColumnTask {
        name: name.to_owned(), about: "верно или неверно".to_owned(), values
    };
    Body::Columns(Columns {
        groups: vec![group("отметка «3»", 1), group("отметка «5»", 3)],
        tasks: vec![
            task("8 класс, № 14", vec![Some(shown(23.4)), Some(shown(81.2))]),
            task("4 класс, № 5.2", vec![Some(shown(17.0)), None]),
        ],
    })
}

fn decisions() -> Body {
    let point = |what: &str, how: &str, term: &str| Decision {
        what: what.to_owned(),
        how: how.to_owned(),
        term: term.to_owned(),
    };
    Body::Decisions(vec![
        point("Практикум «Верно — неверно — докажи»", "ведут Гимназия № 3 и Лицей № 5", "17 сентября"),
        point("Пять минут геометрии дважды в неделю", "4, 8 и 9 классы, руководители ШМО", "с 1 сентября"),
        point("Баллы за геометрию — отдельно", "9 классы: лист «0–2 балла» каждый месяц", "срок:\u{a0}________"),
    ])
}
