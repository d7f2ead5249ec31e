//! A made-up report with every kind of block and cell, long names and hostile strings, for the tests of the renderers.

pub mod hostile;
mod tables;

use srez_model::field_id::{FieldId, FieldName};
use srez_model::figure::Figure;
use srez_model::report::{Blank, Block, DocumentKind, KeyFigure, Report, Section, Text};
use std::sync::Arc;
use tables::{news, outcomes, schools, tasks, thresholds};

/// Strings that mean something to a template language, a page or a shell, and nothing to a reader.
pub const HOSTILE: &str =
    "#read(\"/etc/passwd\") $x^2$ *b* _i_ `c` <script>alert(1)</script> @ref \\u{41} // /* = {{ 7 }} & \"'</style>";

/// The report; `kind` decides between cover and compact head.
pub fn report(kind: DocumentKind) -> Report {
    Report {
        kind,
        title: "Анализ результатов ВПР по математике".to_owned(),
        subtitle: "8 класс, 2025/26 учебный год".to_owned(),
        centre: "МБУ «Информационно-методический центр»".to_owned(),
        style: std::sync::Arc::default(),
        municipality: "Муниципальный округ «Северная Долина»".to_owned(),
        date: "05.06.2026".to_owned(),
        running_head: "ВПР-2026. Математика, 8 класс".to_owned(),
        footer: "Срез 7 от 05.06.2026 · издание для служебного пользования".to_owned(),
        key_figures: [
            ("950", "участников из 1028 по списку"),
            ("16 из 17", "школ представили данные"),
            ("12,3", "средний балл из 25"),
            ("3,21", "средняя отметка"),
        ]
        .map(|(value, unit)| KeyFigure { value: value.to_owned(), unit: unit.to_owned() })
        .to_vec(),
        passport: [
            ("Работа", "ВПР, 7 и 8 апреля 2026 г., две части"),
            ("Форма", "протоколы школ и отчёт ФИС ОКО «Выполнение заданий»"),
            ("Участники", "950 из 1028, охват 92,4\u{a0}%"),
            ("Шкала", "0–7 — «2», 8–14 — «3», 15–20 — «4», 21–25 — «5»"),
            ("Средний балл", "12,3 (ст. откл. 5,5), регион 12,7"),
            ("Надёжность", "альфа 0,84; ошибка ±2,2 балла"),
            ("Дата данных", "05.06.2026, срез 7"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec(),
        sections: sections(),
    }
}

fn section(title: &str, new_page: bool, blocks: Vec<Block>) -> Section {
    Section { id: "", title: title.to_owned(), depth: 1, new_page, annex: false, blocks }
}

#[expect(clippy::too_many_lines, reason = "the texts of one made-up report")]
fn sections() -> Vec<Section> {
    let annex = |title: &str, blocks| Section { annex: true, ..section(title, true, blocks) };
    vec![
        section("Главное", true, main_page()),
        Section {
            depth: 2, ..section("Что нового с прошлого выпуска", false, vec![Block::Table(news())])
        },
        section(
            "Отметки",
            true,
            vec![
                Block::Figure(figure("marks-stacked", 170.0, 60.0)),
                Block::Paragraph(
                    Text::plain(
                        "Качество (доля «4» и «5») в округе \
                — ",
                    )
                    .bold("35,4\u{a0}%")
                    .then(
                        ", интервал 32,4–38,5\u{a0}%; региональное значение 37,6\u{a0}% он \
                    накрывает: отличие не выявлено. В сельских школах качество 24,9\u{a0}% при 169 участниках.",
                    ),
                ),
                Block::Figure(figure("journal", 81.0, 50.0)),
                Block::Figure(figure("dynamics", 81.0, 50.0)),
                Block::Note(Text::plain(
                    "Понизили, подтвердили и повысили отметку журнала — среди участников, у которых \
                есть обе отметки.",
                )),
            ],
        ),
        section("Выполнение заданий", true, vec![Block::Table(tasks()), Block::Table(outcomes())]),
        section(
            "Рекомендации",
            true,
            vec![
                Block::Paragraph(Text::plain(HOSTILE)),
                Block::Paragraph(Text::plain("Ы".repeat(300))),
                Block::List(vec![
                    Text::plain(
                        "Практикум «Задача без чертежа»: разбор № 13–15, банк из 20 \
                задач.",
                    ),
                    Text::plain(
                        "Сверка календарно-тематического \
                    планирования ",
                    )
                    .bold(
                        "двух \
                        школ",
                    )
                    .then(
                        " до 15 сентября 2026 г. Пары школ составляет методический центр; два посещения в \
                            месяц.",
                    ),
                ]),
                Block::Steps(vec![
                    Text::plain(
                        "Проверить работы с 7 и 8 баллами без сведений о \
                школе.",
                    ),
                    Text::plain("Обсудить критерии на заседании методического объединения."),
                ]),
                Blank::new(FieldId::new(FieldName::Errors, "sample"), "Типичные ошибки (заполняет методист)", 4)
                    .block(),
            ],
        ),
        annex("Таблица школ", vec![Block::Table(schools())]),
        annex("Пороги, действующие в этом выпуске", vec![Block::Table(thresholds())]),
    ]
}

pub(crate) fn main_page() -> Vec<Block> {
    let conclusion = |lead: &str, words: &str, verdict: &str, then: &str| {
        Text::default().bold(format!("{lead} ")).then(words).bold(verdict).then(then)
    };
    vec![
        Block::Steps(vec![
            conclusion(
                "Итог.",
                "Отметку «2» получил 201 участник из 950 (21,2\u{a0}%), в регионе 20,0\u{a0}%: ",
                "отличие не выявлено",
                ".",
            ),
            conclusion(
                "Где теряем.",
                "Ниже порога задания № 5, 9, 13, 14, 17, 18, 19, в том числе четыре базовых: № 5, 9, 13, 14",
                "",
                ".",
            ),
            conclusion(
                "Мы и регион.",
                "Геометрия выполнена на 38,6\u{a0}% (36,9–40,5), в регионе на 45,3\u{a0}%: ",
                "ниже региона",
                ", \u{2212}6,6 п.п. Ниже остальных школ округа — СОШ № 5 (18,1\u{a0}%).",
            ),
            conclusion(
                "Где получается.",
                "Задание № 10 «Находить вероятность события»: 58,3\u{a0}% при 52,8\u{a0}% в регионе; 14\u{a0}862 из \
                 15\u{a0}000",
                "",
                ".",
            ),
        ]),
        Block::Paragraph(Text::plain(
            "Возможная причина: тема «Четырёхугольники» в части школ пройдена после даты работы; проверяется по \
             планированию двух школ.",
        )),
        Block::Note(Text::plain("Горная ООШ: протокол возвращён, 17 работ в расчёт не вошли.")),
    ]
}

/// A drawing with an id of its own, so that several of them meet in one page.
fn figure(chart: &str, width_mm: f64, height_mm: f64) -> Arc<Figure> {
    let (width, height) = (width_mm * 72.0 / 25.4, height_mm * 72.0 / 25.4);
    let bars: String = (0..6)
        .map(|index| {
            let y = 6.0 + f64::from(index) * (height - 24.0) / 6.0;
            let share = width * (0.75 - 0.1 * f64::from(index));
            format!(
                "<rect x=\"60\" y=\"{y:.1}\" width=\"{share:.1}\" height=\"{:.1}\" fill=\"#86B3D1\" \
                clip-path=\"url(#cut)\"/><text x=\"56\" y=\"{:.1}\" font-family=\"PT Sans, Golos Text, Arial, \
                sans-serif\" font-size=\"8\" text-anchor=\"end\" fill=\"#1B2733\">СОШ № \
                {index}</text>",
                height / 9.0,
                y + height / 13.0
            )
        })
        .collect();
    Arc::new(Figure {
        chart: chart.to_owned(),
        name: format!("vpr-2026-math-8-{chart}"),
        caption: "Доля выполнения по школам, %. Порядок школ — по реестру".to_owned(),
        alt: "Выше остальных СОШ № 0.".to_owned(),
        width_mm,
        height_mm,
        svg: format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width_mm}mm\" height=\"{height_mm}mm\" viewBox=\"0 0 \
             {width:.2} {height:.2}\"><defs><clipPath id=\"cut\"><rect x=\"60\" y=\"0\" width=\"{:.1}\" \
             height=\"{height:.1}\"/></clipPath></defs>{bars}</svg>",
            width - 62.0
        ),
        png: Vec::new(),
    })
}
