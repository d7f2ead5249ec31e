//! Answer strings: `++-2` for short answers, `1(2)0(3)` for extended and oral ones.

use srez_model::assessment::{AnswerKind, Task};
use srez_model::block::{GREATEST_POINTS, PointCode};

/// Which tasks of the specification stand in which string, by index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct AnswerLayout {
    /// Tasks with a short answer.
    pub short: Vec<usize>,
    /// Tasks with an extended or practical answer.
    pub extended: Vec<usize>,
    /// Oral tasks.
    pub oral: Vec<usize>,
}

impl AnswerLayout {
    /// The layout by the kinds of the specification; where it names none, by the lengths of a first row.
    pub(super) fn of(tasks: &[Task], lengths: [usize; 3]) -> Option<Self> {
        let all = |kind: AnswerKind| (0..tasks.len()).filter(|place| tasks[*place].answer == Some(kind)).collect();
        if tasks.iter().any(|task| task.answer.is_some()) {
            let (short, oral) = (all(AnswerKind::Short), all(AnswerKind::Oral));
            let known = |place: &usize| matches!(tasks[*place].answer, Some(AnswerKind::Short | AnswerKind::Oral));
            let extended = (0..tasks.len()).filter(|place| !known(place)).collect();
            return Some(Self { short, extended, oral });
        }
        let [short, extended, oral] = lengths;
        (short + extended + oral == tasks.len()).then(|| Self {
            short: (0..short).collect(),
            extended: (short..short + extended).collect(),
            oral: (short + extended..tasks.len()).collect(),
        })
    }
}

/// Points of a string of short answers, one per task; none where length or signs do not fit.
///
/// `+` is 1 and only for tasks of one point, `-` is 0, a digit is points.
pub(super) fn short(text: &str, tasks: &[&Task]) -> Option<Vec<PointCode>> {
    let signs: Vec<char> = without_frame(text).chars().filter(|sign| *sign != ' ').map(plain_sign).collect();
    if signs.len() != tasks.len() {
        return None;
    }
    signs
        .iter()
        .zip(tasks)
        .map(|(sign, task)| match sign {
            '+' => (task.max.unwrap_or(1) <= 1).then_some(1),
            '-' => Some(0),
            digit => digit.to_digit(10).and_then(|digit| PointCode::try_from(digit).ok()),
        })
        .collect()
}

/// Points of a string of extended answers; none where the number of answers or a maximum does not fit.
///
/// Where a task has alternatives and the string lists each, the better one counts.
pub(super) fn extended(text: &str, tasks: &[&Task]) -> Option<Vec<PointCode>> {
    let mut pairs = pairs(text)?;
    let listed: usize = tasks.iter().map(|task| task.alternatives.len().max(1)).sum();
    if pairs.len() == listed && listed != tasks.len() {
        let mut rest = pairs.into_iter();
        pairs = tasks.iter().filter_map(|task| rest.by_ref().take(task.alternatives.len().max(1)).max()).collect();
    }
    if pairs.len() != tasks.len() {
        return None;
    }
    pairs
        .into_iter()
        .zip(tasks)
        .map(|((points, max), task)| task.max.is_none_or(|known| known == u16::from(max)).then_some(points))
        .collect()
}

/// `1(2)0(3)` as pairs of points and maximum.
pub(super) fn pairs(text: &str) -> Option<Vec<(PointCode, PointCode)>> {
    let compact: String = without_frame(text).chars().filter(|sign| *sign != ' ').map(plain_sign).collect();
    compact
        .split_terminator(')')
        .enumerate()
        .map(|(place, pair)| {
            let pair = if place == 0 { pair } else { pair.strip_prefix([';', ',']).unwrap_or(pair) };
            let (points, max) = pair.split_once('(')?;
            let number = |part: &str| match part {
                "-" => Some(0),
                part if !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()) => part.parse().ok(),
                _ => None,
            };
            Some((number(points).filter(|points| *points <= GREATEST_POINTS)?, number(max)?))
        })
        .collect()
}

/// Number of signs of a string of short answers.
pub(super) fn short_length(text: &str) -> usize {
    without_frame(text).chars().filter(|sign| *sign != ' ').count()
}

/// The string without what programs put around it: an apostrophe that keeps it text, a separator after it.
fn without_frame(text: &str) -> &str {
    text.trim_start_matches([' ', '\'', '’', '`']).trim_end_matches([' ', ';', ','])
}

fn plain_sign(sign: char) -> char {
    match sign {
        '−' | '–' | '—' | '‑' | '‐' | '‒' | '﹣' | '－' => '-',
        '＋' | '﹢' => '+',
        '（' => '(',
        '）' => ')',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(max: u16, alternatives: &[&str]) -> Task {
        Task {
            id: String::new(),
            position: 0,
            max: Some(max),
            alternatives: alternatives.iter().map(|id| (*id).to_owned()).collect(),
            ..Task::default()
        }
    }

    #[test]
    fn short_answers_are_one_sign_each() {
        let (one, two) = (task(1, &[]), task(2, &[]));
        assert_eq!(short("+-2", &[&one, &one, &two]), Some(vec![1, 0, 2]));
        assert_eq!(short("+-", &[&one, &one, &two]), None, "too short");
        assert_eq!(short("+-+", &[&one, &one, &two]), None, "a plus in a task of two points");
        assert_eq!(short("+-?", &[&one, &one, &two]), None);
    }

    #[test]
    fn what_programs_make_of_a_string_is_read_as_meant() {
        let one = task(1, &[]);
        let tasks = [&one; 4];
        for text in ["--++", "––++", "——++", "−−++", "－－＋＋", "'--++", "-- ++", "--++;", "--++ ", "0011"]
        {
            assert_eq!(short(text, &tasks), Some(vec![0, 0, 1, 1]), "{text}");
            assert_eq!(short_length(text), 4, "{text}");
        }
        let two = task(2, &[]);
        for text in ["0(2)1(2)", "0(2);1(2)", "0(2);1(2);", "0 (2) 1 (2)", "0(2),1(2)", "０（２）１（２）"] {
            assert_eq!(extended(&crate::spelling::tidy(text), &[&two, &two]), Some(vec![0, 1]), "{text}");
        }
        for text in ["0(2);;1(2)", "0(2)x1(2)", "#ЗНАЧ!", "0(2"] {
            assert_eq!(extended(text, &[&two, &two]), None, "{text}");
        }
    }

    #[test]
    fn extended_answers_carry_their_maxima() {
        let (two, three) = (task(2, &[]), task(3, &[]));
        assert_eq!(extended("1(2)0(3)", &[&two, &three]), Some(vec![1, 0]));
        assert_eq!(extended("1(2)0(2)", &[&two, &three]), None, "another maximum");
        assert_eq!(extended("1(2)", &[&two, &three]), None);
        assert_eq!(extended("1(2)0(3)x", &[&two, &three]), None);
        let choice = task(2, &["13.1", "13.2"]);
        assert_eq!(extended("0(2)2(2)3(3)", &[&choice, &three]), Some(vec![2, 3]));
        assert_eq!(extended("2(2)3(3)", &[&choice, &three]), Some(vec![2, 3]));
    }
}
