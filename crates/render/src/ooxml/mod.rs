//! What the containers of Word and PowerPoint share: XML that is always closed, parts, relationships, theme,
//! properties.

pub mod package;
pub mod properties;
pub mod theme;
pub mod xml;

pub use package::Part;
pub use xml::Xml;
