//! `srez init workspace FOLDER`: a workspace, by flags or by questions.

use super::terminal::{ask, is_asked, say};
use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use srez_model::error::{Error, Result};
use srez_wording::plural;

/// What a workspace is told; what is missing is asked on a terminal, and otherwise taken from the files.
#[derive(Debug, Args)]
pub(super) struct Answers {
    /// Для рабочего места: папка с таблицами, которые в него скопировать
    #[arg(long, value_name = "ПАПКА")]
    from: Option<Utf8PathBuf>,
    /// Для рабочего места: название выпуска
    #[arg(long, value_name = "ТЕКСТ")]
    title: Option<String>,
    /// Для рабочего места: кто издаёт
    #[arg(long, value_name = "ТЕКСТ")]
    centre: Option<String>,
    /// Для рабочего места: муниципалитет, о котором документы
    #[arg(long, value_name = "ТЕКСТ")]
    home: Option<String>,
    /// Для рабочего места: дата документов, ГГГГ-ММ-ДД
    #[arg(long, value_name = "ДАТА")]
    date: Option<String>,
}

/// Questions about the settings: key, question.
const QUESTIONS: [(&str, &str); 4] = [
    ("title", "Название выпуска"),
    ("centre", "Кто издаёт (полное название центра)"),
    ("home", "О каком муниципалитете документы (как он назван в файлах)"),
    ("date", "Дата документов, ГГГГ-ММ-ДД"),
];

impl Answers {
    /// True where one of them was given.
    pub(super) fn is_some(&self) -> bool {
        self.from.is_some() || [&self.title, &self.centre, &self.home, &self.date].iter().any(|one| one.is_some())
    }

    /// Makes the workspace and says what to do next.
    ///
    /// # Errors
    /// Where there is one already, the folder of tables is missing, or a value is wrong.
    pub(super) fn make(self, folder: Option<Utf8PathBuf>) -> Result<u8> {
        let question = "Папка рабочего места, например D:\\Срез\\Северная Долина";
        let Some(folder) = folder.or_else(|| ask(question, "").map(Into::into)) else {
            return Err(Error::usage("не хватает: <ПАПКА>")
                .hint("например: srez init workspace \"Северная Долина\" --from папка-с-таблицами"));
        };
        let from = self.from.or_else(|| ask("Папка с таблицами (пусто — положите их потом)", "").map(Into::into));
        if let Some(from) = from.as_deref().filter(|from| !srez_disk::is_folder(from)) {
            return Err(Error::usage(format!("нет такой папки: {from}")).hint("укажите папку с таблицами результатов"));
        }
        let received = srez_desk::create(&folder, from.as_deref())?;
        let given = [self.title, self.centre, self.home, self.date];
        let proposed = srez_desk::proposed(&folder, &QUESTIONS.map(|(key, _)| key))?;
        let mut values: Vec<(&str, String)> = Vec::new();
        for (((key, question), given), proposed) in QUESTIONS.into_iter().zip(given).zip(proposed) {
            if let Some(value) = given.or_else(|| ask(question, &proposed)) {
                values.push((key, value));
            }
        }
        srez_desk::set(&folder, &values).map_err(|error| {
            let hint = format!(
                "рабочее место создано, значения не записаны: исправьте их в настройках (srez desk \"{folder}\")"
            );
            error.hint(hint)
        })?;
        tell(&folder, received);
        Ok(0)
    }
}

fn tell(folder: &Utf8Path, received: u64) {
    let copied = match received {
        0 => "таблиц в нём пока нет".to_owned(),
        n => format!("во «Входящих» {}", plural::nominative(n, plural::FILE)),
    };
    say(&format!("Рабочее место — {folder}; {copied}."));
    if !is_asked() {
        say("Что не указано, взято из файлов: проверьте настройки.toml.");
    }
    say(&format!("Дальше: srez desk \"{folder}\""));
}
