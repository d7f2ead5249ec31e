//! ASCII names of files and folders from Russian words.

/// A name of `[a-z0-9-]`, letters transliterated, everything else one dash: «СОШ № 1» → `sosh-1`.
///
/// Empty if nothing can be kept, as long as the text, and two texts may share a slug: names of files and folders are
/// made by [`file_name`](super::file_name) from it.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if let Some(latin) = latin(letter) {
            slug.push_str(latin);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

fn latin(letter: char) -> Option<&'static str> {
    Some(match letter {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' => "i",
        'й' => "y",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ы' => "y",
        'ъ' | 'ь' => "",
        'ю' => "yu",
        'я' => "ya",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn names_are_ascii() {
        assert_eq!(slug("МБОУ «СОШ № 1»"), "mbou-sosh-1");
        assert_eq!(slug("Северная Долина"), "severnaya-dolina");
        assert_eq!(slug("  Объём, 8 «Б» "), "obem-8-b");
        assert_eq!(slug("«—»"), "");
    }
}
