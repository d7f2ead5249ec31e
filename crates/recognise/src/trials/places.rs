//! Names and municipalities of schools in the rows of results.

use super::{draw, recognise};
use srez_model::assessment::ExamCatalogue;

#[test]
fn the_table_of_a_region_tells_municipality_and_name_of_its_schools() {
    let sheet = draw(
        "ege.csv",
        "ege",
        "
Код предмета|Дата экзамена|Код ОУ|Наименование ОУ|Муниципальный район|TestResultB|Балл
'02|01.06.2026|'0101|МБОУ «СОШ № 1»|г. Дроздов|++|34
'02|01.06.2026|'0101|МБОУ СОШ №1|Дроздов|++|74
'02|01.06.2026|'0102|Синицына Анна|Дроздов|++|74
",
    );
    let done = recognise(&ExamCatalogue::new(), vec![sheet]).value;
    let block = &done.blocks[0];
    let municipalities: Vec<&str> = (0..3).map(|row| block.municipality.name(row)).collect();
    assert_eq!(municipalities, ["г. Дроздов", "Дроздов", "Дроздов"]);
    let names: Vec<(&str, &str)> =
        done.named.iter().map(|named| (named.school.as_str(), named.name.as_str())).collect();
    assert_eq!(names, [("0101", "МБОУ «СОШ № 1»"), ("0101", "МБОУ СОШ №1")], "a person is no school");
}
