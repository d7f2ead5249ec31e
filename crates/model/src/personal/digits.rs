//! Numbers that belong to a person: СНИЛС, passport, telephone, date of birth.

use std::ops::Range;

/// Who was born later writes no exams yet, and what is dated later is a work.
const LAST_BIRTH: u16 = 2014;
/// Nobody was born earlier.
const FIRST_BIRTH: u16 = 1900;

/// Digits in groups, as a text writes them.
struct Group {
    span: Range<usize>,
    digits: usize,
}

/// Places of such numbers in bytes.
pub(super) fn spans(text: &str) -> Vec<Range<usize>> {
    let groups = groups(text);
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut place = 0;
    while place < groups.len() {
        let taken = (1..=5.min(groups.len() - place)).rev().find(|count| {
            let run = groups.get(place..place + count).unwrap_or_default();
            is_number_of_person(text, run)
        });
        if let (Some(count), Some(first)) = (taken, groups.get(place)) {
            let end = groups.get(place + count - 1).map_or(first.span.end, |last| last.span.end);
            let plus = text.get(..first.span.start).is_some_and(|before| before.ends_with('+'));
            found.push(first.span.start - usize::from(plus)..end);
        }
        place += taken.unwrap_or(1);
    }
    found
}

fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (place, _) in text.char_indices().filter(|(_, sign)| sign.is_ascii_digit()) {
        match groups.last_mut() {
            Some(last) if last.span.end == place => {
                last.span.end += 1;
                last.digits += 1;
            }
            _ => groups.push(Group { span: place..place + 1, digits: 1 }),
        }
    }
    groups
}

fn is_number_of_person(text: &str, run: &[Group]) -> bool {
    let between = run.windows(2).map(|pair| text.get(pair[0].span.end..pair[1].span.start).unwrap_or_default());
    let between: Vec<&str> = between.collect();
    let joined =
        |allowed: &str| between.iter().all(|gap| gap.len() <= 4 && gap.chars().all(|sign| allowed.contains(sign)));
    let lengths: Vec<usize> = run.iter().map(|group| group.digits).collect();
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return false };
    let written = text.get(first.span.start..last.span.end).unwrap_or_default();
    match lengths.as_slice() {
        // A passport, a СНИЛС or a telephone without its signs.
        [10 | 11] => true,
        [3, 3, 3, 2] => joined("- \u{a0}"),
        [4, 6] | [2, 2, 6] => joined(" \u{a0}№-"),
        [1, 3, 3, 2, 2] | [1, 3, 3, 4] | [1, 3, 7] | [3, 3, 2, 2]
            if lengths[0] == 3 || written.starts_with(['7', '8']) =>
        {
            joined(" ()-\u{a0}")
        }
        [_, _, _] => year_of_date(written).is_some_and(|year| (FIRST_BIRTH..=LAST_BIRTH).contains(&year)),
        _ => false,
    }
}

/// The year of a text that begins with a date: `14.05.2012`, `14/05/2012`, `2012-05-14`, with or without words behind.
pub fn year_of_date(text: &str) -> Option<u16> {
    let mut parts = [0_u16; 3];
    let mut lengths = [0_usize; 3];
    let mut rest = text;
    for place in 0..3 {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, after) = (rest.get(..digits)?, rest.get(digits..)?);
        parts[place] = number.parse().ok()?;
        lengths[place] = digits;
        rest = if place < 2 { after.strip_prefix(['.', '/', '-'])? } else { after };
    }
    let fits = |day: u16, month: u16| (1..=31).contains(&day) && (1..=12).contains(&month);
    match lengths {
        [1 | 2, 1 | 2, 4] if fits(parts[0], parts[1]) => Some(parts[2]),
        [4, 1 | 2, 1 | 2] if fits(parts[2], parts[1]) => Some(parts[0]),
        _ => None,
    }
}
