//! The command line: one command per file; everything that is printed goes through `terminal`.

mod check;
mod check_json;
mod completions;
mod desk;
mod doctor;
mod dropped;
mod editions;
mod exam;
mod exam_list;
mod exam_pack;
mod explain;
mod explain_evidence;
mod explain_number;
mod form;
mod gc;
mod generate;
mod here;
mod history;
mod init;
mod init_pipeline;
mod init_workspace;
mod key;
mod list;
mod run;
mod terminal;
mod texts;
mod thresholds;
mod verify;
mod wrong_use;

use clap::{ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand};
use srez_model::error::{Error, ErrorKind, Result};
use srez_pipeline::reading;

/// How help is laid out, in Russian.
const TEMPLATE: &str = "{about}\n\nКак вызывать:\n  {usage}\n\n{all-args}{after-help}";

/// srez as it is called.
#[derive(Debug, Parser)]
#[command(
    name = "srez",
    version,
    about = "srez: анализ результатов внешних оценочных процедур (ВПР, ОГЭ, ЕГЭ) по папке с таблицами",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    after_help = "\nНачать: srez desk; без браузера: \
        srez run pipelines/demo.toml; со своими таблицами: srez init pipeline мой.toml ПАПКА\n\
        Коды завершения: 0 — всё принято; 2 — готово, но что-то не принято; 1 — не удалось; 64 — неверный вызов."
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Показать эту справку
    #[arg(short = 'h', long = "help", action = ArgAction::Help, global = true)]
    help: Option<bool>,
    /// Показать версию
    #[arg(short = 'V', long = "version", action = ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Открыть рабочее место в браузере: приём файлов, составление выпуска, документы
    #[command(override_usage = "srez desk [ПАРАМЕТРЫ] [ПАПКА]")]
    Desk(desk::Desk),
    /// Прочитать папки, посчитать и написать документы
    #[command(override_usage = "srez run [ПАРАМЕТРЫ] <КОНВЕЙЕР>")]
    Run(run::Run),
    /// Проверить файлы, ничего не записывая: что это, насколько точно узнано, что не так
    #[command(override_usage = "srez check [ПАРАМЕТРЫ] <КОНВЕЙЕР ИЛИ ПАПКА>")]
    Check(check::Check),
    /// Показать формы, работы, правила, показатели, признаки, диаграммы или пороги
    #[command(override_usage = "srez list [ПАРАМЕТРЫ] <ЧТО> [КОНВЕЙЕР]")]
    List(list::List),
    /// Объяснить код замечания, признака, показателя или порога
    Explain(explain::Explain),
    /// Показать историю: срезы, их состав и отличия; отменить срез, отозвать результаты школы
    #[command(override_usage = "srez history <КОНВЕЙЕР> [ПАРАМЕТРЫ]")]
    History(history::History),
    /// Проверить хранилище байт за байтом и составить выпуск заново для сравнения
    #[command(override_usage = "srez verify [ПАРАМЕТРЫ] <КОНВЕЙЕР>")]
    Verify(verify::Verify),
    /// Убрать из хранилища остатки прерванных запусков
    #[command(override_usage = "srez gc [ПАРАМЕТРЫ] <КОНВЕЙЕР>")]
    Gc(gc::Gc),
    /// Предложить профиль для незнакомой формы
    Form(form::Form),
    /// Составить спецификацию работы по описанию заданий; собрать пакет работ
    Exam(exam::Exam),
    /// Сравнить списки при других порогах
    Thresholds(thresholds::Thresholds),
    /// Создать учебный округ: таблицы всех форм, чистые и с ошибками
    #[command(override_usage = "srez generate [ПАРАМЕТРЫ] [ПАПКА]")]
    Generate(generate::Generate),
    /// Проверить, всё ли на этом компьютере готово для работы
    #[command(override_usage = "srez doctor [КОНВЕЙЕР ИЛИ ПАПКА]")]
    Doctor(doctor::Doctor),
    /// Создать рабочее место, конвейер по папке с таблицами или пустой реестр мер
    #[command(
        override_usage = "srez init workspace [ПАПКА]\n  srez init pipeline <ФАЙЛ> <ПАПКА>\n  srez init measures <ФАЙЛ>"
    )]
    Init(init::Init),
    /// Ключ псевдонимов: какой действует, завести новый
    #[command(override_usage = "srez key <show|rotate> <КОНВЕЙЕР>")]
    Key(key::Key),
    /// Показать, какие издания кому подготовлены, и проверить журнал
    #[command(override_usage = "srez editions <КОНВЕЙЕР>")]
    Editions(editions::Editions),
    /// Напечатать подсказки команд для оболочки
    #[command(override_usage = "srez completions <ОБОЛОЧКА>")]
    Completions(completions::Completions),
    /// Страницы справки man
    #[command(override_usage = "srez man [ПАПКА]")]
    Man(completions::Man),
    /// Тексты, вписанные в документы: показать, взять из книги или документа
    #[command(override_usage = "srez texts list <КОНВЕЙЕР>\n  srez texts take <КОНВЕЙЕР> <ФАЙЛ>…\n  srez texts \
                                former <КОНВЕЙЕР> <АДРЕС>")]
    Texts(texts::Texts),
    /// Процесс чтения; программа запускает его сама
    #[command(name = reading::READER_COMMAND, hide = true)]
    Reader,
}

/// Does what the arguments say; the exit code. `limit_memory` limits the allocator of a reader process, in bytes beyond
/// what is taken already, where the system cannot.
pub fn main(arguments: impl Iterator<Item = String>, limit_memory: fn(u64)) -> u8 {
    std::panic::set_hook(Box::new(terminal::tell_fault));
    let given: Vec<String> = arguments.collect();
    let meant = dropped::meant(given.clone());
    let by_mouse = given.len() < 2 || given.len() != meant.len();
    let code = obey(meant, limit_memory);
    dropped::hold_window(by_mouse);
    code
}

fn obey(arguments: Vec<String>, limit_memory: fn(u64)) -> u8 {
    let matches = with_russian_help(Arguments::command()).try_get_matches_from(arguments);
    let arguments = match matches.and_then(|matches| Arguments::from_arg_matches(&matches)) {
        Ok(arguments) => arguments,
        Err(error) => return wrong_use::answer(&error),
    };
    let Some(command) = arguments.command else {
        return answer(if desk::is_wanted() { desk::Desk::default().run() } else { here::tell() });
    };
    answer(match command {
        Command::Desk(command) => command.run(),
        Command::Run(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::List(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::History(command) => command.run(),
        Command::Verify(command) => command.run(),
        Command::Gc(command) => command.run(),
        Command::Form(command) => command.run(),
        Command::Exam(command) => command.run(),
        Command::Thresholds(command) => command.run(),
        Command::Generate(command) => command.run(),
        Command::Doctor(command) => command.run(),
        Command::Init(command) => command.run(),
        Command::Key(command) => command.run(),
        Command::Editions(command) => command.run(),
        Command::Texts(command) => command.run(),
        Command::Completions(command) => command.run(with_russian_help(Arguments::command())),
        Command::Man(command) => command.run(with_russian_help(Arguments::command())),
        Command::Reader => reader(limit_memory),
    })
}

/// The exit code; what stopped the command is printed.
fn answer(done: Result<u8>) -> u8 {
    done.unwrap_or_else(|error| {
        terminal::complain(&error);
        exit_code(&error)
    })
}

/// What the program ends with where it cannot go on.
fn exit_code(error: &Error) -> u8 {
    match error.kind {
        ErrorKind::Usage => 64,
        ErrorKind::Run => 1,
    }
}

/// Lays out the help of a command and of every command below it.
fn with_russian_help(command: clap::Command) -> clap::Command {
    command
        .help_template(TEMPLATE)
        .subcommand_help_heading("Команды")
        .subcommand_value_name("КОМАНДА")
        .mut_args(|argument| argument.help_heading("Параметры"))
        .mut_subcommands(with_russian_help)
}

/// What a reader process does.
fn reader(limit_memory: fn(u64)) -> Result<u8> {
    srez_reader::serve(limit_memory, reading::answer).map(|()| 0)
}
