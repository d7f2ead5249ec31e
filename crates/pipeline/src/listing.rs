//! What lies in the folders of a plan, under names that may be shown.

use super::reading::OnDisk;
use super::receive::{Part, Received, limits, rejected};
use super::texts;
use srez_config::plan::Plan;
use srez_disk::Found;
use srez_model::delivery::InputFile;
use srez_model::error::Result;
use srez_model::note::Note;
use srez_model::personal::{FileNames, KnownWords};
use srez_recognise::codes::PERSONAL_FILE_NAME;

/// Files of the input folders, of the reference folder, and the registers.
pub(super) struct Listing {
    /// What no reader opens, with its size where it is too large.
    closed: Vec<(String, Option<u64>)>,
    /// The rest under its true names, sorted by them.
    open: Vec<OnDisk>,
    file_limits: srez_sheets::Limits,
}

impl Listing {
    /// Lists every regular file.
    ///
    /// # Errors
    /// Where a folder cannot be listed.
    pub(super) fn of(plan: &Plan) -> Result<Self> {
        let file_limits = limits(&plan.limits);
        let (mut closed, mut open) = (Vec::new(), Vec::new());
        // Workbooks of texts hold no results; what they say is taken before.
        let books = texts::books_in_inputs(plan)?;
        for folder in plan.folders.iter().chain(&plan.reference) {
            let listing = srez_disk::list(&folder.path)?;
            closed.extend(listing.left_out.into_iter().map(|name| (format!("{}/{name}", folder.name), None)));
            let is_input = |found: &Found| !plan.is_own(&folder.path, &found.path) && !books.contains(&found.path);
            for found in listing.files.into_iter().filter(is_input) {
                let name = format!("{}/{}", folder.name, found.name);
                if file_limits.file_bytes < found.size {
                    closed.push((name, Some(found.size)));
                } else {
                    open.push(OnDisk::whole(name, found.path.into_string()));
                }
            }
        }
        for (register, otherwise) in [(&plan.schools, "schools"), (&plan.measures, "measures")] {
            let register = register.iter();
            open.extend(
                register.map(|path| OnDisk::whole(path.file_name().unwrap_or(otherwise).to_owned(), path.to_string())),
            );
        }
        open.sort_by(|first, second| first.name.cmp(&second.name));
        open.dedup_by(|first, second| first.path == second.path);
        Ok(Self { closed, open, file_limits })
    }

    /// Requests for all that is open, under the names that are shown.
    pub(super) fn requests(&self, known: &KnownWords) -> Vec<OnDisk> {
        let names = self.names(known).split_off(self.closed.len());
        self.open.iter().zip(names).map(|(file, name)| OnDisk { name, ..file.clone() }).collect()
    }

    /// Shown names of what is closed, then of what is open.
    fn names(&self, known: &KnownWords) -> Vec<String> {
        let mut names = FileNames::knowing(known.clone());
        let closed = self.closed.iter().map(|(name, _)| name);
        closed.chain(self.open.iter().map(|file| &file.name)).map(|name| names.of(name)).collect()
    }

    /// Adds what is closed, and notes about it and about names of which a part is hidden.
    pub(super) fn tell(&self, received: &mut Received) {
        let names = self.names(&received.known);
        for ((_, size), name) in self.closed.iter().zip(&names) {
            received.notes.push(match size {
                Some(_) => srez_sheets::too_large_file(&self.file_limits, name),
                None => srez_sheets::left_out(name),
            });
            let file = InputFile { name: name.clone(), blake3: String::new(), size: size.unwrap_or_default() };
            received.parts.push(rejected(file));
        }
        for (file, name) in self.open.iter().zip(names.iter().skip(self.closed.len())) {
            if *name != file.name {
                let message = "имя файла или папки похоже на персональные данные: здесь и в документах оно скрыто";
                received.notes.push(Note::about_file(&PERSONAL_FILE_NAME, name, message));
            }
        }
    }
}

/// Words that a plan knows to be no surnames: those of its subjects and of its municipality.
pub(super) fn words_of_plan(plan: &Plan) -> KnownWords {
    KnownWords::of(plan.subjects.iter().map(|subject| subject.title.as_str()).chain([plan.home.as_str()]))
}

/// The same of what was read: places and schools as registers and results name them.
pub(super) fn words_of_parts<'a>(parts: impl Iterator<Item = &'a Part>) -> KnownWords {
    let names = parts.flat_map(|part| {
        let found = &part.recognised;
        let schools = found.schools.iter().flat_map(|school| [&school.name, &school.short_name, &school.municipality]);
        let named = found.named.iter().flat_map(|school| [&school.name, &school.municipality]);
        let places = found.blocks.iter().flat_map(|block| &block.municipality.names);
        schools.chain(named).chain(places).map(String::as_str)
    });
    KnownWords::of(names)
}
