//! Gallery of the room: everything that can be wrong with a file before its content is understood.

use srez_model::note::{NoteCode, NoteDefinition, Severity};

/// The file has no bytes.
pub(crate) const EMPTY_FILE: NoteDefinition = NoteDefinition {
    id: NoteCode::EmptyFile,
    severity: Severity::RejectFile,
    title: "файл пуст",
    explanation: "В файле нет ни одного байта или ни одной заполненной ячейки: обычно это прерванная загрузка или \
                  несохранённая таблица.",
    hint: "скачайте или сохраните файл заново и положите его в папку",
};

/// The file is encrypted.
pub(crate) const ENCRYPTED: NoteDefinition = NoteDefinition {
    id: NoteCode::Encrypted,
    severity: Severity::RejectFile,
    title: "файл защищён паролем",
    explanation: "Содержимое зашифровано, пароли программа не подбирает. Защита листа или книги без шифрования чтению \
                  не мешает.",
    hint: "откройте файл с паролем, снимите шифрование (Файл → Сведения → Защита книги) и сохраните",
};

/// The file is cut off or broken.
pub(crate) const DAMAGED: NoteDefinition = NoteDefinition {
    id: NoteCode::Damaged,
    severity: Severity::RejectFile,
    title: "файл повреждён или не докачан",
    explanation: "Начало файла верное, но дальше его строение нарушено: файл обрезан при передаче или испорчен.",
    hint: "скачайте файл заново; если он открывается в Excel, сохраните его как «Книга Excel (.xlsx)»",
};

/// Neither a table nor a known document.
pub(crate) const UNKNOWN_KIND: NoteDefinition = NoteDefinition {
    id: NoteCode::UnknownKind,
    severity: Severity::RejectFile,
    title: "вид файла не распознан",
    explanation: "Вид файла определяется по первым байтам, а не по расширению. Этот файл не похож ни на таблицу, ни на \
                  текст с разделителями.",
    hint: "положите в папку исходную таблицу в виде .xlsx, .xls, .ods или .csv",
};

/// A known kind that holds no table for us.
pub(crate) const UNSUPPORTED_KIND: NoteDefinition = NoteDefinition {
    id: NoteCode::UnsupportedKind,
    severity: Severity::RejectFile,
    title: "такой вид файла не читается",
    explanation: "Файл узнан по первым байтам, но таблицы из файлов этого вида программа не берёт, даже если \
                  расширение у него .xls или .xlsx.",
    hint: "откройте файл в Excel и сохраните как «Книга Excel (.xlsx)» или запросите исходную таблицу",
};

/// The extension says another kind than the bytes.
pub(crate) const LYING_EXTENSION: NoteDefinition = NoteDefinition {
    id: NoteCode::LyingExtension,
    severity: Severity::Warning,
    title: "расширение не соответствует содержимому",
    explanation: "Файл прочитан по содержимому. Excel при открытии такого файла предупредит о несоответствии.",
    hint: "переименуйте файл или сохраните его заново в нужном виде",
};

/// More bytes than the limit.
pub(crate) const TOO_LARGE: NoteDefinition = NoteDefinition {
    id: NoteCode::TooLarge,
    severity: Severity::RejectFile,
    title: "файл слишком большой",
    explanation: "Размер файла больше установленного предела. Протоколы школ и районов на порядок меньше.",
    hint: "разделите выгрузку на несколько файлов, например по предметам, или увеличьте file-megabytes в разделе \
           [limits] файла конвейера",
};

/// The sheet spans more cells than the limit.
pub(crate) const TOO_MANY_CELLS: NoteDefinition = NoteDefinition {
    id: NoteCode::TooManyCells,
    severity: Severity::RejectFile,
    title: "на листе слишком много ячеек",
    explanation: "Прямоугольник от A1 до самой дальней заполненной ячейки больше предела. Часто причина — одна \
                  случайная запись далеко внизу или справа от таблицы.",
    hint: "удалите строки и столбцы за пределами таблицы и сохраните файл; большую выгрузку разделите или увеличьте \
           cells в разделе [limits] файла конвейера",
};

/// The container unfolds into more than the limit.
pub(crate) const BOMB: NoteDefinition = NoteDefinition {
    id: NoteCode::Bomb,
    severity: Severity::RejectFile,
    title: "содержимое при распаковке слишком велико",
    explanation: "Распакованный объём, число частей или заявленное число строк больше предела. Обычные таблицы так не \
                  устроены; файл может быть подготовлен, чтобы остановить программу.",
    hint: "не открывайте файл, если его источник неизвестен; запросите таблицу у школы заново",
};

/// What to do where what unfolds is more than the limit, for files that are known to be good.
pub(super) const RAISE_UNPACKED: &str = "если источник файла известен, разделите его или увеличьте unpacked-megabytes \
    в разделе [limits] файла конвейера; файл неизвестного происхождения не открывайте";

/// Lines in two encodings.
pub(crate) const DOUBTFUL_ENCODING: NoteDefinition = NoteDefinition {
    id: NoteCode::DoubtfulEncoding,
    severity: Severity::Warning,
    title: "в тексте две кодировки",
    explanation: "Строки файла записаны в разных кодировках, вероятно, его склеили из двух. Каждая строка прочитана в \
                  своей; отдельные знаки могут читаться неверно.",
    hint: "сохраните файл как «CSV UTF-8» или «Книга Excel (.xlsx)»",
};

/// As many rows as the old format can hold.
pub(crate) const ROW_LIMIT_OF_XLS: NoteDefinition = NoteDefinition {
    id: NoteCode::RowLimitOfXls,
    severity: Severity::Warning,
    title: "лист .xls заполнен до предела",
    explanation: "На листе ровно 65\u{a0}536 строк — больше в .xls не помещается. Возможно, конец таблицы обрезан.",
    hint: "запросите выгрузку в виде .xlsx и сверьте число строк",
};

/// A member of an archive that is not read.
pub(crate) const MEMBER_REFUSED: NoteDefinition = NoteDefinition {
    id: NoteCode::MemberRefused,
    severity: Severity::RejectFile,
    title: "файл из архива не принят",
    explanation: "Не читаются вложенные архивы, зашифрованные файлы архива и файлы с именами, ведущими за пределы \
                  архива.",
    hint: "распакуйте архив вручную и положите нужные таблицы в папку",
};

/// A link, a device or a name that is not text.
pub(crate) const NOT_A_REGULAR_FILE: NoteDefinition = NoteDefinition {
    id: NoteCode::NotARegularFile,
    severity: Severity::RejectFile,
    title: "не обычный файл",
    explanation: "Ссылки, устройства, закрытые папки и файлы с нечитаемыми именами не открываются, чтобы чтение не \
                  вышло за пределы папки.",
    hint: "скопируйте в папку сам файл, а не ссылку на него, или переименуйте его",
};

/// The reader process ended before it answered.
pub const READER_DIED: NoteDefinition = NoteDefinition {
    id: NoteCode::ReaderDied,
    severity: Severity::RejectFile,
    title: "чтение файла прервано",
    explanation: "Файл читается в отдельном процессе с ограниченной памятью. Процесс прервался: файлу не хватило \
                  отведённой памяти или его строение нарушено. Остальные файлы прочитаны.",
    hint: "откройте файл в Excel, сохраните как «Книга Excel (.xlsx)» под новым именем; большую выгрузку разделите или \
           увеличьте reader-megabytes в разделе [limits] файла конвейера",
};

/// The reader process took too long.
pub const READER_TIMED_OUT: NoteDefinition = NoteDefinition {
    id: NoteCode::ReaderTimedOut,
    severity: Severity::RejectFile,
    title: "файл читается слишком долго",
    explanation: "Отведённое на один файл время истекло, чтение остановлено. Остальные файлы прочитаны.",
    hint: "откройте файл в Excel, удалите лишние листы и сохраните как «Книга Excel (.xlsx)»; большую выгрузку \
        разделите или увеличьте reader-seconds в разделе [limits] файла конвейера",
};

/// The disk does not give the file.
pub(crate) const UNREADABLE_FILE: NoteDefinition = NoteDefinition {
    id: NoteCode::UnreadableFile,
    severity: Severity::RejectFile,
    title: "файл не открывается",
    explanation: "Система не даёт прочитать файл: нет прав, файл занят другой программой или исчез за время работы.",
    hint: "закройте файл в других программах, проверьте права на папку и запустите ещё раз",
};

/// A quotation mark that is never closed.
pub(crate) const UNCLOSED_QUOTE: NoteDefinition = NoteDefinition {
    id: NoteCode::UnclosedQuote,
    severity: Severity::RejectFile,
    title: "в тексте не закрыта кавычка",
    explanation: "Начиная с указанной строки, весь остаток файла попал в одну ячейку: кавычка открыта и не закрыта.",
    hint: "исправьте кавычку в указанной строке или сохраните таблицу как «Книга Excel (.xlsx)»",
};

/// Hidden rows or columns.
pub(crate) const HIDDEN_ROWS: NoteDefinition = NoteDefinition {
    id: NoteCode::HiddenRows,
    severity: Severity::Warning,
    title: "на листе есть скрытые строки или столбцы",
    explanation: "Строки скрывают фильтром или вручную, столбцы — вручную. Скрытое прочитано наравне с видимым: число \
                  участников может быть больше, чем видно на экране.",
    hint: "снимите фильтр и покажите строки и столбцы (Главная → Формат → Скрыть или отобразить); лишнее удалите",
};

/// Numbers that the sheet shows as percent.
pub(crate) const SHOWN_AS_PERCENT: NoteDefinition = NoteDefinition {
    id: NoteCode::ShownAsPercent,
    severity: Severity::Warning,
    title: "числа показаны в процентах",
    explanation: "У ячеек процентный формат: в файле хранится 0,075, на экране видно 7,5\u{a0}%. Прочитано то, что \
        видно.",
    hint: "если в столбце баллы, а не доли, смените формат ячеек на числовой и проверьте значения",
};

/// Control characters and marks of writing direction in cells.
pub(crate) const CONTROL_CHARACTERS: NoteDefinition = NoteDefinition {
    id: NoteCode::ControlCharacters,
    severity: Severity::Warning,
    title: "в ячейках невидимые управляющие знаки",
    explanation: "Управляющие знаки и знаки направления письма не видны, но портят документы и подменяют вид названий. \
                  Они убраны, остальной текст прочитан.",
    hint: "если название читается неверно, наберите его в ячейке заново",
};

/// A text longer than a cell of a spreadsheet can hold.
pub(crate) const LONG_CELL: NoteDefinition = NoteDefinition {
    id: NoteCode::LongCell,
    severity: Severity::RejectFile,
    title: "в ячейке слишком длинный текст",
    explanation: "Ячейка Excel вмещает 32\u{a0}767 знаков. Более длинный текст — признак потерянной кавычки, склеенных \
                  строк или файла, подготовленного, чтобы остановить программу.",
    hint: "откройте файл в Excel, проверьте указанную ячейку и сохраните как «Книга Excel (.xlsx)»",
};

/// Text that no encoding explains.
pub(crate) const UNDECODABLE: NoteDefinition = NoteDefinition {
    id: NoteCode::Undecodable,
    severity: Severity::RejectFile,
    title: "кодировка текста не определена",
    explanation: "Ни в одной из русских кодировок текст не читается без потерь: названия и коды стали бы неверными.",
    hint: "откройте исходную таблицу в Excel и сохраните как «CSV UTF-8» или «Книга Excel (.xlsx)»",
};

/// Text that was decoded wrongly before it was saved.
pub(crate) const MOJIBAKE: NoteDefinition = NoteDefinition {
    id: NoteCode::Mojibake,
    severity: Severity::Warning,
    title: "текст испорчен перекодировкой",
    explanation: "Файл сохранён после чтения в чужой кодировке: вместо русских слов стоят сочетания вроде \
                  «РњР°С‚РµРј», — в ячейках, в имени листа или в именах файлов архива. Программа прочитала \
                  текст так, как он читался до порчи.",
    hint: "проверьте прочитанное; чтобы предупреждения не было, откройте исходный файл с указанием кодировки и \
           сохраните заново",
};

/// Rows of a delimited text that stand in one column.
pub(crate) const ONE_COLUMN: NoteDefinition = NoteDefinition {
    id: NoteCode::OneColumn,
    severity: Severity::Warning,
    title: "строки таблицы стояли в одном столбце",
    explanation: "Текст с разделителями был открыт как один столбец и сохранён снова: каждая строка целиком стоит в \
                  одной ячейке или в кавычках. Программа разделила такие строки на столбцы; столбцы в замечаниях \
                  названы так, как они стоят после разделения.",
    hint: "проверьте прочитанное; чтобы предупреждения не было, откройте исходный файл с указанием разделителя \
           (Данные → Из текстового/CSV-файла) и сохраните как «Книга Excel (.xlsx)»",
};

/// Rows of a text that were torn at their decimal commas beyond repair.
pub(crate) const TORN_ROWS: NoteDefinition = NoteDefinition {
    id: NoteCode::TornRows,
    severity: Severity::RejectFile,
    title: "строки таблицы разрезаны по десятичным запятым",
    explanation: "Текст с разделителем «;» был открыт с разделителем «,» и сохранён снова: дробные числа разрезаны \
                  на две ячейки. Целые строки программа собирает сама, но в последнем столбце дробная часть стала \
                  отдельным числом, и нули в её начале могли пропасть: собранные числа могли бы быть неверны.",
    hint: "откройте исходный файл через «Данные → Из текстового/CSV-файла», укажите разделитель «точка с запятой» и \
           сохраните как «Книга Excel (.xlsx)»",
};

/// Every code of the room, by id.
pub const CODES: &[NoteDefinition] = &[
    EMPTY_FILE,
    ENCRYPTED,
    DAMAGED,
    UNKNOWN_KIND,
    UNSUPPORTED_KIND,
    LYING_EXTENSION,
    TOO_LARGE,
    TOO_MANY_CELLS,
    BOMB,
    DOUBTFUL_ENCODING,
    ROW_LIMIT_OF_XLS,
    MEMBER_REFUSED,
    NOT_A_REGULAR_FILE,
    READER_DIED,
    READER_TIMED_OUT,
    UNREADABLE_FILE,
    UNCLOSED_QUOTE,
    HIDDEN_ROWS,
    SHOWN_AS_PERCENT,
    CONTROL_CHARACTERS,
    LONG_CELL,
    UNDECODABLE,
    MOJIBAKE,
    ONE_COLUMN,
    TORN_ROWS,
];

#[cfg(test)]
mod tests {
    use super::CODES;

    #[test]
    fn ids_ascend_and_every_text_is_there() {
        assert!(CODES.is_sorted_by(|one, next| one.id < next.id));
        for code in CODES {
            assert!(![code.title, code.explanation, code.hint].contains(&""), "{}", code.id);
            assert!(code.title.chars().next().is_some_and(char::is_lowercase), "{}", code.id);
        }
    }
}
