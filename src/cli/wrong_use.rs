//! Wrong arguments: what is wrong, the nearest known word, where help is.

use super::terminal;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use srez_model::error::Error;

/// Answers what the argument parser refused; help and version are not errors.
pub(super) fn answer(error: &clap::Error) -> u8 {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            terminal::say(error.render().to_string().trim_end());
            return 0;
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            terminal::say(error.render().to_string().trim_end());
            return 64;
        }
        _ => {}
    }
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let message = match error.kind() {
        ErrorKind::InvalidSubcommand => format!("команды «{}» нет", text(ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => format!("параметра «{}» нет", text(ContextKind::InvalidArg)),
        ErrorKind::MissingRequiredArgument => format!("не хватает: {}", text(ContextKind::InvalidArg)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("значение «{}» не подходит для {}", text(ContextKind::InvalidValue), text(ContextKind::InvalidArg))
        }
        ErrorKind::ArgumentConflict => {
            format!("{} нельзя указать вместе с {}", text(ContextKind::InvalidArg), text(ContextKind::PriorArg))
        }
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooManyValues => {
            format!("не то число слов после {}", text(ContextKind::InvalidArg))
        }
        _ => "вызов не понят".to_owned(),
    };
    let near = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
        .into_iter()
        .map(text)
        .find(|near| !near.is_empty());
    let valid = text(ContextKind::ValidValue);
    let hint = match near {
        Some(near) => format!("ближайшее известное — «{near}»; справка: srez --help"),
        None if !valid.is_empty() => format!("есть: {valid}"),
        None => "справка: srez --help".to_owned(),
    };
    let error = Error::usage(message).hint(hint);
    terminal::complain(&error);
    super::exit_code(&error)
}
