//! The word lists, one text file a list, and the one reader of them all.
