//! Addresses of links: only files beside the document, never a scheme or a host.

/// The address as it may stand in a link; none where it leads out of the report folder by scheme, host or root.
pub fn relative(path: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    let first = path.split('/').next().unwrap_or("");
    if path.is_empty() || path.starts_with('/') || first.contains(':') || path.chars().any(char::is_control) {
        return None;
    }
    let mut out = String::with_capacity(path.len());
    let (file, anchor) = path.split_once('#').map_or((path.as_str(), None), |(file, anchor)| (file, Some(anchor)));
    for character in file.chars() {
        match character {
            ' ' => out.push_str("%20"),
            '%' => out.push_str("%25"),
            '?' => out.push_str("%3F"),
            '"' => out.push_str("%22"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            _ => out.push(character),
        }
    }
    if let Some(anchor) = anchor {
        out.push('#');
        out.extend(anchor.chars().filter(|it| it.is_alphanumeric() || "-_.".contains(*it)));
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn only_files_beside_the_document_are_linked() {
        assert_eq!(relative("data/tasks.csv").as_deref(), Some("data/tasks.csv"));
        assert_eq!(relative("a b%.pdf#t-1").as_deref(), Some("a%20b%25.pdf#t-1"));
        for bad in ["javascript:alert(1)", "//host/x", "/etc/passwd", "C:\\x", "http://x", ""] {
            assert_eq!(relative(bad), None, "{bad}");
        }
    }
}
