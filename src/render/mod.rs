//! What the reader sees: quotes and articles for people, for programs, and as annotated text.

pub mod markup;
