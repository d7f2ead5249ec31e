//! Strings that mean something to a spreadsheet, a page, a template language or a file system, and nothing to a reader.

/// What is dangerous about each of them: one thing.
const PAYLOADS: &[&str] = &[
    // Formulas and what programs take for one.
    "=1+1",
    "+7(900)",
    "-5",
    "@СУММ(A1)",
    "\t=2*3",
    "\r=2*3",
    "\n=2*3",
    "＝1+1",
    "＋1",
    "＠А1",
    "=HYPERLINK(\"http://example.org\",\"ссылка\")",
    "=cmd|'/c calc'!A1",
    "{=A1:A9}",
    "'=1",
    "#ССЫЛКА!",
    // Escapes of workbooks.
    "_x0041_",
    "_x12345",
    "_xD800_",
    "_x000D_",
    "_x_",
    // Markup.
    "<b>жирно</b>",
    "</w:t></w:r></w:p>",
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg/onload=alert(1)>",
    "</style><style>*{display:none}",
    "</title>",
    "javascript:alert(1)",
    "&lt;",
    "&amp;nbsp;",
    "&#60;",
    "&сущность;",
    "]]>",
    "<![CDATA[х]]>",
    "<!-- х -->",
    "<?xml version=\"1.0\"?>",
    "<!DOCTYPE х>",
    // Templates.
    "{{ 7 * 7 }}",
    "{% raw %}",
    "${7*7}",
    "<%= 7 %>",
    "%s%n%d",
    // Typesetting.
    "#read(\"/etc/passwd\")",
    "#eval(\"1+1\")",
    "#set page(width: 1pt)",
    "#import \"x.typ\": *",
    "$x^2$",
    "*звёзды*",
    "_черта_",
    "`код`",
    "```\nкод\n```",
    "@ссылка",
    "<метка>",
    "\\u{41}",
    "\\",
    "//",
    "/* */",
    "= Заголовок",
    "- пункт",
    "/ слово: толкование",
    "~",
    "---",
    // Fields of text processors.
    "{PAGE}",
    "{ HYPERLINK \"http://example.org\" }",
    "DDEAUTO c:\\calc",
    // Signs that are not seen.
    "а\u{202e}б",
    "\u{2066}в\u{2069}",
    "г\u{200b}д",
    "\u{feff}е",
    "ж\u{ad}з",
    "и\u{0}к",
    "л\u{1}м",
    "н\u{b}о",
    "п\u{7f}р",
    "с\u{85}т",
    "у\u{fffe}ф",
    "х\u{ffff}ц",
    "и\u{306}",
    // Names of files.
    "../../наружу",
    "/etc/passwd",
    "C:\\Windows",
    "\\\\сервер\\папка",
    "CON",
    "а/б",
    "точка.",
    "-rf",
    "$(id)",
    "`id`",
    "; rm x",
    "| cat",
];

/// What stands around them.
const CARRIERS: &[&str] = &["{}", "МБОУ «{}»", "{} СОШ № 1", "Тема: {}.", "({})", "'{}'", "{}{}", "5{}7"];

/// More than five hundred strings, each once, the first of them bare.
pub fn hostile_strings() -> Vec<String> {
    let mut strings = Vec::new();
    for carrier in CARRIERS {
        strings.extend(PAYLOADS.iter().map(|payload| carrier.replace("{}", payload)));
    }
    strings.push("ы".repeat(300));
    strings.push("\"".repeat(99));
    strings
}

/// Letters, digits and signs of ASCII and of Russian that every format prints as they are.
pub fn literal(text: &str) -> String {
    text.chars().filter(|sign| matches!(sign, '!'..='~' | 'А'..='я' | 'ё' | '«' | '»' | '№')).collect()
}
