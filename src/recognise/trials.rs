//! Every form as text: a helper draws a sheet from lines.
