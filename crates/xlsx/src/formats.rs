//! Formats of cells: PT Sans 10, numbers stay numbers, lines as in the documents.

use super::grid::GridValue;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};
use srez_model::report::{Align, RowKind, Shade};
use srez_render::office::{HAIR, INK, INK_2, INK_3, OWN, WASH};

/// Body text.
pub(super) fn body() -> Format {
    Format::new().set_font_name("PT Sans").set_font_size(10).set_font_color(INK).set_align(FormatAlign::Top)
}

/// Body text in several lines.
pub(super) fn wrapped() -> Format {
    body().set_text_wrap()
}

/// Body text beside a big number.
pub(super) fn indented() -> Format {
    wrapped().set_align(FormatAlign::Left).set_indent(1)
}

/// Title of the workbook.
pub(super) fn title() -> Format {
    body().set_font_size(18).set_bold()
}

/// Title of a sheet or of a part of it.
pub(super) fn heading() -> Format {
    body().set_font_size(12).set_bold()
}

/// Secondary text.
pub(super) fn quiet() -> Format {
    body().set_font_color(INK_2)
}

/// Secondary text beside a number, on one line.
pub(super) fn aside() -> Format {
    quiet().set_align(FormatAlign::Left).set_indent(1)
}

/// A link to another sheet.
pub(super) fn link() -> Format {
    body().set_font_color(OWN).set_underline(rust_xlsxwriter::FormatUnderline::Single)
}

/// Notes below a table.
pub(super) fn note() -> Format {
    body().set_font_size(9).set_font_color(INK_3)
}

/// A big number of the first sheet.
pub(super) fn big() -> Format {
    body().set_font_size(14).set_bold().set_font_color(OWN).set_align(FormatAlign::Right).set_shrink()
}

/// Little of the points that could be had, and much of them.
const LITTLE: u32 = 0xF3_DCD4;
const MUCH: u32 = 0xD0_E1EE;

/// Header of a table.
pub(super) fn header(align: Align) -> Format {
    let format = body()
        .set_bold()
        .set_font_color(INK_2)
        .set_background_color(WASH)
        .set_border_bottom(FormatBorder::Medium)
        .set_border_bottom_color(INK)
        .set_text_wrap()
        .set_align(FormatAlign::Bottom)
        .set_align(horizontal(align));
    stand_off(format, align)
}

/// Text stands off the number at its left.
fn stand_off(format: Format, align: Align) -> Format {
    if align == Align::Left { format.set_indent(1) } else { format }
}

/// A threshold that she may change.
pub(super) fn threshold() -> Format {
    body()
        .set_bold()
        .set_num_format("0.0")
        .set_background_color(0xF8_EFD9_u32)
        .set_border(FormatBorder::Thin)
        .set_border_color(INK_3)
}

/// A cell of a table.
pub(super) fn cell(value: &GridValue, align: Align, kind: RowKind) -> Format {
    let format = body().set_border_bottom(FormatBorder::Thin).set_border_bottom_color(HAIR);
    let format = match value {
        GridValue::Text(_) => stand_off(format.set_align(horizontal(align)).set_text_wrap(), align),
        GridValue::Count(_) => format.set_num_format("[>=10000]#,##0;0").set_align(FormatAlign::Right),
        GridValue::Number(_, decimals) => format.set_num_format(plain(*decimals)).set_align(FormatAlign::Right),
        GridValue::Difference(_, decimals) => {
            let number = plain(*decimals);
            format.set_num_format(format!("+{number};\"\u{2212}\"{number};{number}")).set_align(FormatAlign::Right)
        }
        GridValue::Shaded(_, shade) => {
            let format = format.set_align(horizontal(align));
            match shade {
                Shade::Low => format.set_background_color(LITTLE),
                Shade::Middle => format,
                Shade::High => format.set_background_color(MUCH),
                Shade::Strong => format.set_bold(),
            }
        }
        GridValue::Missing => format.set_font_color(INK_3).set_align(horizontal(align)),
    };
    match kind {
        RowKind::Plain => format,
        RowKind::Group => body().set_bold().set_background_color(WASH),
        RowKind::Own => format.set_bold(),
        RowKind::Reference => format.set_font_color(INK_2),
        RowKind::Total => format.set_bold().set_border_top(FormatBorder::Thin).set_border_top_color(INK),
    }
}

fn plain(decimals: u8) -> String {
    if decimals == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(usize::from(decimals.min(10)))) }
}

fn horizontal(align: Align) -> FormatAlign {
    match align {
        Align::Left => FormatAlign::Left,
        Align::Centre => FormatAlign::Center,
        Align::Right => FormatAlign::Right,
    }
}
