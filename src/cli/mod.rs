//! The command line: one command per file; everything that is printed goes through `terminal`.

mod check;
mod editions;
mod exam;
mod explain;
mod explain_evidence;
mod explain_number;
mod form;
mod gc;
mod generate;
mod history;
mod init;
mod init_pipeline;
mod key;
mod list;
mod run;
mod terminal;
mod thresholds;
mod verify;
mod wrong_use;

use clap::{ArgAction, Parser, Subcommand};
use srez_model::error::Result;
use srez_pipeline::receive;

/// How help is laid out, in Russian.
const TEMPLATE: &str = "{about}\n\nКак вызывать:\n  {usage}\n\n{all-args}{after-help}";

/// srez as it is called.
#[derive(Debug, Parser)]
#[command(
    name = "srez",
    version,
    about = "srez: анализ результатов внешних оценочных процедур (ВПР, ОГЭ, ЕГЭ) по папке с таблицами",
    help_template = TEMPLATE,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_help_heading = "Команды",
    subcommand_value_name = "КОМАНДА",
    next_help_heading = "Параметры",
    after_help = "\nНачать: srez run pipelines/demo.toml; со своими таблицами: srez init pipeline мой.toml ПАПКА\nКоды завершения: 0 — всё принято; 2 — готово, но что-то не принято; 1 — не удалось; 64 — неверный вызов."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Показать эту справку
    #[arg(short = 'h', long = "help", action = ArgAction::Help, global = true)]
    help: Option<bool>,
    /// Показать версию
    #[arg(short = 'V', long = "version", action = ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Прочитать папки, посчитать и написать документы
    #[command(override_usage = "srez run [ПАРАМЕТРЫ] <КОНВЕЙЕР>", help_template = TEMPLATE, next_help_heading = "Параметры")]
    Run(run::Run),
    /// Проверить файлы, ничего не записывая: что это, насколько точно узнано, что не так
    #[command(override_usage = "srez check [ПАРАМЕТРЫ] <КОНВЕЙЕР ИЛИ ПАПКА>", help_template = TEMPLATE, next_help_heading = "Параметры")]
    Check(check::Check),
    /// Показать формы, работы, правила, показатели, признаки, диаграммы или пороги
    #[command(help_template = TEMPLATE, next_help_heading = "Параметры")]
    List(list::List),
    /// Объяснить код замечания, признака, показателя или порога
    #[command(help_template = TEMPLATE, next_help_heading = "Параметры")]
    Explain(explain::Explain),
    /// Показать историю: срезы, их состав и отличия; отменить срез, отозвать результаты школы
    #[command(override_usage = "srez history <КОНВЕЙЕР> [ПАРАМЕТРЫ]", help_template = TEMPLATE, next_help_heading = "Параметры")]
    History(history::History),
    /// Проверить хранилище байт за байтом и составить выпуск заново для сравнения
    #[command(override_usage = "srez verify [ПАРАМЕТРЫ] <КОНВЕЙЕР>", help_template = TEMPLATE, next_help_heading = "Параметры")]
    Verify(verify::Verify),
    /// Убрать из хранилища остатки прерванных запусков
    #[command(override_usage = "srez gc [ПАРАМЕТРЫ] <КОНВЕЙЕР>", help_template = TEMPLATE, next_help_heading = "Параметры")]
    Gc(gc::Gc),
    /// Предложить профиль для незнакомой формы
    #[command(help_template = TEMPLATE, next_help_heading = "Параметры", subcommand_help_heading = "Команды", subcommand_value_name = "КОМАНДА")]
    Form(form::Form),
    /// Составить спецификацию работы по таблицам описания заданий
    #[command(help_template = TEMPLATE, next_help_heading = "Параметры", subcommand_help_heading = "Команды", subcommand_value_name = "КОМАНДА")]
    Exam(exam::Exam),
    /// Сравнить списки при других порогах
    #[command(help_template = TEMPLATE, next_help_heading = "Параметры", subcommand_help_heading = "Команды", subcommand_value_name = "КОМАНДА")]
    Thresholds(thresholds::Thresholds),
    /// Создать учебный округ: таблицы всех форм, чистые и с ошибками
    #[command(override_usage = "srez generate [ПАРАМЕТРЫ] [ПАПКА]", help_template = TEMPLATE, next_help_heading = "Параметры")]
    Generate(generate::Generate),
    /// Создать конвейер по папке с таблицами или пустой реестр мер
    #[command(override_usage = "srez init pipeline <ФАЙЛ> <ПАПКА>\n  srez init measures <ФАЙЛ>", help_template = TEMPLATE, next_help_heading = "Параметры")]
    Init(init::Init),
    /// Ключ псевдонимов: какой действует, завести новый
    #[command(override_usage = "srez key <show|rotate> <КОНВЕЙЕР>", help_template = TEMPLATE, next_help_heading = "Параметры")]
    Key(key::Key),
    /// Показать, какие издания кому подготовлены, и проверить журнал
    #[command(override_usage = "srez editions <КОНВЕЙЕР>", help_template = TEMPLATE, next_help_heading = "Параметры")]
    Editions(editions::Editions),
    /// Процесс чтения; программа запускает его сама
    #[command(name = receive::READER_COMMAND, hide = true)]
    Reader,
}

/// Does what the arguments say and tells the exit code.
pub fn main(arguments: impl Iterator<Item = String>) -> u8 {
    std::panic::set_hook(Box::new(terminal::tell_fault));
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return wrong_use::answer(&error),
    };
    let done = match arguments.command {
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
        Command::Init(command) => command.run(),
        Command::Key(command) => command.run(),
        Command::Editions(command) => command.run(),
        Command::Reader => reader(),
    };
    done.unwrap_or_else(|error| {
        terminal::complain(&error);
        error.exit_code()
    })
}

/// The side of the reader process.
fn reader() -> Result<u8> {
    srez_reader::serve(receive::answer).map(|()| 0)
}
