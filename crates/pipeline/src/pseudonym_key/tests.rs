//! Which key may be used, and what is said where none may.

use super::*;

struct Trial {
    _folder: tempfile::TempDir,
    key: Utf8PathBuf,
    store: Utf8PathBuf,
}

impl Trial {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let base = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
        Self { _folder: folder, key: base.join("trial.key"), store: base.join("store") }
    }

    fn place(&self) -> KeyPlace<'_> {
        KeyPlace { key: &self.key, store: &self.store, date: "2026-06-25" }
    }

    /// What a run does first.
    fn load(&self) -> Result<PseudonymKey> {
        check_places(&self.place())?;
        load_or_make(&self.place(), &Store::open(&self.store)?)
    }

    fn refusal(&self) -> String {
        self.load().err().map_or_else(String::new, |error| error.to_string())
    }
}

#[test]
fn the_key_of_the_first_run_stays_and_the_store_knows_its_id_alone() {
    let trial = Trial::new();
    let first = trial.load().unwrap();
    let again = trial.load().unwrap();
    assert_eq!((first.bytes, &first.id), (again.bytes, &again.id));
    let register = srez_disk::read_text(&trial.store.join("keys.json")).unwrap();
    assert!(register.contains(&first.id));
    assert!(!register.contains(srez_disk::read_text(&trial.key).unwrap().trim()));
}

#[test]
fn a_lost_a_former_and_another_key_are_three_messages() {
    let trial = Trial::new();
    let first = trial.load().unwrap();
    let Rotated { id: second, aside } = rotate(&trial.place(), false).unwrap();
    assert_ne!(first.id, second);
    assert_eq!(trial.load().unwrap().id, second);

    srez_disk::remove_file(&trial.key).unwrap();
    assert!(trial.refusal().contains(&format!("{second} потерян")), "{}", trial.refusal());
    assert!(rotate(&trial.place(), false).is_err());

    srez_disk::rename(&aside.unwrap(), &trial.key).unwrap();
    assert!(trial.refusal().contains("прежний ключ"), "{}", trial.refusal());

    srez_disk::remove_file(&trial.key).unwrap();
    srez_disk::write_secret(&trial.key, "ab".repeat(32).as_bytes()).unwrap();
    assert!(trial.refusal().contains("чужой"), "{}", trial.refusal());

    srez_disk::remove_file(&trial.key).unwrap();
    let Rotated { id: third, aside } = rotate(&trial.place(), true).unwrap();
    assert_eq!(aside, None);
    assert_eq!(trial.load().unwrap().id, third);
    assert_eq!(status(&trial.place()).unwrap().register.keys.len(), 3);
}

#[test]
fn a_change_that_was_cut_off_is_finished_by_the_next_run() {
    let trial = Trial::new();
    let first = trial.load().unwrap();
    srez_disk::rename(&trial.key, &beside(&trial.key, &first.id)).unwrap();
    srez_disk::write_secret(&trial.key, "ab".repeat(32).as_bytes()).unwrap();
    let second = trial.load().unwrap();
    assert_eq!(status(&trial.place()).unwrap().register.keys.last().map(|key| key.id.clone()), Some(second.id));
}

#[cfg(unix)]
#[test]
fn a_key_or_store_that_others_can_read_stops_the_run() {
    use std::os::unix::fs::PermissionsExt;
    let open = |path: &Utf8Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let trial = Trial::new();
    trial.load().unwrap();
    open(&trial.key, 0o640);
    assert!(trial.refusal().contains("chmod 600"), "{}", trial.refusal());
    open(&trial.key, 0o600);
    open(&trial.store, 0o750);
    assert!(trial.refusal().contains("chmod 700"), "{}", trial.refusal());
    open(&trial.store, 0o700);
    assert_eq!(trial.refusal(), "");
}

#[test]
fn an_empty_key_is_made_anew_as_long_as_nothing_was_written_with_it() {
    let trial = Trial::new();
    srez_disk::write_private(&trial.key, b"").unwrap();
    let key = trial.load().unwrap();
    assert_eq!(trial.load().unwrap().id, key.id);
    srez_disk::write_private(&trial.key, b"\n").unwrap();
    assert!(trial.refusal().contains("нет ключа"), "{}", trial.refusal());
    assert!(trial.refusal().contains("верните файл из копии"), "{}", trial.refusal());
}

#[test]
fn a_file_in_place_of_the_store_is_told_as_such() {
    let trial = Trial::new();
    srez_disk::write_plain(&trial.store, b"x").unwrap();
    assert!(trial.refusal().contains("на месте хранилища"), "{}", trial.refusal());
}

#[test]
fn two_stores_that_start_at_once_with_one_key_have_the_same() {
    for _ in 0..20 {
        let trial = Trial::new();
        let stores = ["first", "second"].map(|name| trial.store.with_file_name(name));
        let load = |store: &Utf8Path| {
            let place = KeyPlace { store, ..trial.place() };
            load_or_make(&place, &Store::open(store).unwrap()).unwrap().id
        };
        let ids = std::thread::scope(|scope| {
            let started = stores.each_ref().map(|store| scope.spawn(|| load(store)));
            started.map(|run| run.join().unwrap())
        });
        assert_eq!(ids[0], ids[1]);
        let again = stores.each_ref().map(|store| load(store));
        assert_eq!(again, ids, "what was made is what lies there");
    }
}
