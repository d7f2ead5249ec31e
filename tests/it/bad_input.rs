//! The 31 kinds of bad input, each with the tests that hold the program to its behaviour.

use srez_testkit::sources::root;

/// A kind of bad input: its number, what it is, and the tests that cover it: file and function.
type Kind = (u8, &'static str, &'static [(&'static str, &'static str)]);

const DIRT: &str = "crates/recognise/src/trials/dirt.rs";
const VPR: &str = "crates/recognise/src/trials/vpr.rs";
const PROTOCOLS: &str = "crates/recognise/src/trials/protocols.rs";
const RAGGED: &str = "crates/recognise/src/trials/ragged.rs";
const INGEST: &str = "crates/sheets/src/tests.rs";
const POINTS: &str = "crates/recognise/src/points.rs";
const CLASSES: &str = "crates/recognise/src/class_name.rs";
const CLI: &str = "tests/it/cli.rs";
const HOSTILE: &str = "tests/it/hostile.rs";
const INJECTION: &str = "tests/it/injected_formats.rs";

const KINDS: &[Kind] = &[
    (
        1,
        "empty, lock and system files",
        &[
            (INGEST, "names_only_warn_and_system_files_are_skipped"),
            (CLI, "files_that_are_no_results_are_notes_with_their_names"),
        ],
    ),
    (
        2,
        "wrong extension, HTML and XML saved as .xls",
        &[
            ("crates/sheets/src/kind.rs", "bytes_decide_and_the_extension_only_warns"),
            ("crates/sheets/src/markup_table.rs", "an_html_table_keeps_its_places_over_merged_cells_and_lost_end_tags"),
            (CLI, "a_file_with_the_wrong_extension_is_read_by_its_content"),
        ],
    ),
    (
        3,
        "truncated download",
        &[
            (INGEST, "every_bad_file_is_rejected_with_one_note_that_says_why"),
            (HOSTILE, "every_hostile_file_is_refused_by_name_and_put_aside"),
        ],
    ),
    (
        4,
        "encrypted workbook",
        &[
            ("crates/sheets/src/kind.rs", "an_encrypted_package_is_seen_in_the_compound_directory"),
            (HOSTILE, "every_hostile_file_is_refused_by_name_and_put_aside"),
            (INGEST, "every_bad_file_is_rejected_with_one_note_that_says_why"),
        ],
    ),
    (
        5,
        "zip bomb, lying sizes, names that lead outside",
        &[
            ("crates/sheets/src/archive.rs", "unfolding_is_counted_over_the_whole_archive_and_what_fits_is_read"),
            (HOSTILE, "every_hostile_file_is_refused_by_name_and_put_aside"),
            ("crates/sheets/src/archive.rs", "members_come_sorted_and_names_that_lead_outside_are_refused"),
        ],
    ),
    (
        6,
        "bomb of shared strings",
        &[
            (INGEST, "bombs_are_refused_before_memory_is_taken"),
            (HOSTILE, "every_hostile_file_is_refused_by_name_and_put_aside"),
        ],
    ),
    (
        7,
        "two cells at opposite corners",
        &[("crates/sheets/src/sheet_builder.rs", "far_corners_are_refused_before_memory_is_taken")],
    ),
    (8, "lying dimension", &[("crates/sheets/src/markup_table.rs", "lying_sizes_cost_nothing")]),
    (9, "endless repeats of ods", &[("crates/sheets/src/ods.rs", "endless_repeats_are_refused_at_their_last_cell")]),
    (
        10,
        "broken records of xls",
        &[
            ("crates/sheets/src/compound.rs", "a_circle_of_sectors_is_refused"),
            (HOSTILE, "every_hostile_file_is_refused_by_name_and_put_aside"),
            ("tests/it/mutants.rs", "five_hundred_mutants_end_in_one_state_each"),
            ("crates/reader/src/tests.rs", "whatever_a_reader_does_costs_one_request"),
        ],
    ),
    (
        11,
        "floods of XML",
        &[
            ("crates/sheets/src/markup.rs", "entities_are_resolved_and_broken_ones_stay"),
            (HOSTILE, "every_hostile_file_is_refused_by_name_and_put_aside"),
        ],
    ),
    (
        12,
        "header not in row 1, two header rows, totals, notes below",
        &[
            (DIRT, "notes_above_and_totals_below_are_no_participants"),
            ("crates/recognise/src/trials/regional.rs", "a_header_of_two_rows_is_put_together_for_any_form"),
            ("crates/recognise/src/trials/regional.rs", "two_subjects_side_by_side_are_two_works"),
            ("crates/recognise/src/trials/unknown.rs", "an_unknown_form_names_the_nearest_one_and_shows_no_names"),
            (PROTOCOLS, "a_sparse_sheet_holds_several_exams"),
            (PROTOCOLS, "a_row_with_points_and_neither_number_nor_school_is_named"),
            ("crates/recognise/src/trials/strange_rows.rs", "a_strange_row_changes_no_count_and_is_set_aside_or_named"),
        ],
    ),
    (
        13,
        "doubled, unknown, missing, moved columns",
        &[
            (DIRT, "columns_may_stand_in_any_order_and_extra_ones_are_named"),
            (RAGGED, "with_a_specification_only_its_columns_count_whatever_maximum_another_header_declares"),
            (RAGGED, "a_column_with_a_maximum_that_holds_running_numbers_refuses_the_file_where_no_specification_is"),
            ("crates/recognise/src/trials/every_column.rs", "the_value_of_every_declared_column_arrives_somewhere"),
            (VPR, "nearly_a_form_names_what_is_missing"),
            (VPR, "empty_forms_hidden_sheets_and_twice_named_tasks_are_told"),
        ],
    ),
    (
        14,
        "merged cells",
        &[
            ("crates/sheets/src/xlsx_sheet.rs", "hidden_merged_and_percent_come_with_the_cells"),
            ("crates/recognise/src/trials/unknown.rs", "a_merged_class_holds_for_all_its_rows_and_points_do_not"),
            ("tests/it/kinds.rs", "check_tells_every_file_of_a_folder_with_all_kinds"),
            ("crates/recognise/src/trials/regional.rs", "one_subject_below_a_merged_header_is_one_work"),
        ],
    ),
    (
        15,
        "formula without value",
        &[
            (DIRT, "what_is_no_number_of_points_is_never_guessed"),
            ("tests/it/kinds.rs", "check_tells_every_file_of_a_folder_with_all_kinds"),
        ],
    ),
    (
        16,
        "error values, absence codes, blank",
        &[
            (DIRT, "what_is_no_number_of_points_is_never_guessed"),
            (VPR, "regional_export_of_2020_tells_absence_by_part"),
            (POINTS, "four_spellings_of_not_attempted_are_one"),
        ],
    ),
    (
        17,
        "points or classes turned into dates",
        &[
            (DIRT, "what_is_no_number_of_points_is_never_guessed"),
            (DIRT, "a_date_instead_of_a_class_is_told_as_such"),
            ("crates/sheets/src/dates.rs", "days_agree_with_excel"),
        ],
    ),
    (
        18,
        "decimal commas, spaces, full-width digits, codes as floats",
        &[
            (POINTS, "numbers_are_read_in_every_spelling"),
            (POINTS, "nothing_else_is_guessed"),
            (DIRT, "codes_are_text_however_they_are_stored"),
            ("crates/reconcile/src/school_code.rs", "zeros_come_back_where_the_register_has_one_such_school"),
            ("crates/reconcile/src/school_code.rs", "without_register_the_column_is_the_rule"),
            ("crates/validate/src/participant_code_length.rs", "a_code_with_a_digit_lost_or_twice_is_told_at_its_cell"),
            ("crates/recognise/src/row_identity.rs", "a_comma_parts_thousands_of_participants"),
        ],
    ),
    (
        19,
        "encodings",
        &[
            ("crates/sheets/src/encoding.rs", "russian_text_is_read_from_every_code_page"),
            ("crates/sheets/src/encoding.rs", "unicode_is_read_with_and_without_a_mark"),
            ("crates/sheets/src/encoding.rs", "lines_of_two_encodings_are_each_read_in_their_own"),
            (
                "crates/sheets/src/delimited.rs",
                "a_text_saved_in_a_wrong_encoding_is_read_as_before_and_the_first_cell_is_named",
            ),
        ],
    ),
    (
        20,
        "code page of old xls",
        &[
            ("tests/it/kinds.rs", "check_tells_every_file_of_a_folder_with_all_kinds"),
            (
                "crates/sheets/src/sheet_builder.rs",
                "texts_of_a_wrong_encoding_are_mended_together_and_each_is_there_once",
            ),
        ],
    ),
    (
        21,
        "control characters",
        &[
            ("crates/sheets/src/oddities.rs", "invisible_signs_go_and_letters_stay"),
            ("tests/it/kinds.rs", "check_tells_every_file_of_a_folder_with_all_kinds"),
            ("crates/render/src/office.rs", "what_xml_forbids_and_what_turns_writing_round_goes"),
        ],
    ),
    (
        22,
        "invisible signs, soft hyphens, marks of direction",
        &[
            ("crates/recognise/src/spelling.rs", "spaces_and_invisible_letters_do_not_count"),
            (DIRT, "look_alike_letters_and_invisible_signs_do_not_hide_a_form"),
        ],
    ),
    (
        23,
        "Latin look-alikes",
        &[
            (DIRT, "look_alike_letters_and_invisible_signs_do_not_hide_a_form"),
            (CLASSES, "one_class_has_one_name"),
            ("crates/recognise/src/task_header.rs", "every_shape_of_header_is_read"),
            ("tests/it/kinds.rs", "check_tells_every_file_of_a_folder_with_all_kinds"),
        ],
    ),
    (
        24,
        "dialects of CSV",
        &[
            ("crates/sheets/src/delimited.rs", "the_delimiter_is_told_from_decimal_commas_and_titles"),
            ("crates/sheets/src/delimited.rs", "ragged_rows_stay_and_a_lost_quote_is_named_with_its_row"),
        ],
    ),
    (
        25,
        "cut at 65,536 rows, hidden rows and sheets",
        &[
            ("crates/sheets/src/oddities.rs", "hidden_places_are_told_where_something_stands_there"),
            (HOSTILE, "an_xls_filled_to_the_last_row_is_told"),
            (VPR, "empty_forms_hidden_sheets_and_twice_named_tasks_are_told"),
        ],
    ),
    (
        26,
        "formula injection",
        &[
            ("crates/render/src/csv.rs", "no_text_becomes_a_formula"),
            (INJECTION, "a_workbook_holds_every_string_as_text"),
            (INJECTION, "a_table_of_data_starts_no_formula"),
        ],
    ),
    (
        27,
        "names that are no file names",
        &[
            ("crates/wording/src/slug.rs", "names_are_ascii"),
            ("tests/it/injection.rs", "hostile_names_stay_text_from_the_inputs_to_the_documents"),
        ],
    ),
    (
        28,
        "markup injection",
        &[
            ("crates/html/src/page.rs", "hostile_text_stays_text_and_ids_do_not_meet"),
            (INJECTION, "a_page_shows_every_string_and_obeys_none"),
            (INJECTION, "a_text_document_shows_every_string_and_obeys_none"),
            ("crates/pdf/src/lib.rs", "every_hostile_string_is_set_letter_by_letter"),
        ],
    ),
    (
        29,
        "links, devices, unreadable files",
        &[
            (CLI, "a_link_is_not_followed"),
            ("tests/it/kinds.rs", "check_tells_every_file_of_a_folder_with_all_kinds"),
            (HOSTILE, "what_is_no_regular_file_is_told_and_never_opened"),
            ("crates/disk/src/list.rs", "links_devices_and_names_that_deceive_are_left_out"),
        ],
    ),
    (
        30,
        "the same file twice, corrected copies, files of others",
        &[
            ("tests/it/kinds.rs", "check_tells_every_file_of_a_folder_with_all_kinds"),
            ("tests/it/corrections.rs", "the_next_run_says_what_was_mended"),
            (
                "crates/reconcile/src/corrections.rs",
                "a_corrected_file_under_another_name_is_told_from_one_that_still_errs",
            ),
            (
                "crates/store/src/tests/commits.rs",
                "a_renamed_copy_changes_nothing_and_a_corrected_point_changes_its_school",
            ),
        ],
    ),
    (
        31,
        "wrong totals, points above the maximum, empty forms, two identities",
        &[
            (VPR, "sources_that_disagree_reject_the_file_and_name_both"),
            (VPR, "empty_forms_hidden_sheets_and_twice_named_tasks_are_told"),
            ("crates/recognise/src/trials/facts.rs", "a_distribution_of_scores_is_no_table_of_marks"),
        ],
    ),
];

#[test]
fn every_kind_of_bad_input_has_its_tests() {
    let numbers: Vec<u8> = KINDS.iter().map(|(number, _, _)| *number).collect();
    assert_eq!(numbers, (1..=31).collect::<Vec<u8>>());
    let mut faults = Vec::new();
    for (number, what, tests) in KINDS {
        if tests.is_empty() {
            faults.push(format!("{number}, {what}: no test"));
        }
        for (file, name) in *tests {
            let text = std::fs::read_to_string(root().join(file)).unwrap_or_default();
            let at = text.find(&format!("fn {name}()"));
            let is_test = at.is_some_and(|at| text.get(..at).unwrap_or_default().trim_end().ends_with("#[test]"));
            if !is_test {
                faults.push(format!("{number}, {what}: {file} has no test {name}"));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
