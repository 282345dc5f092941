/// The name that was meant by the one typed: the most like it, if no more than one letter is wrong, and one more for
/// every four. Case does not count; of several the first is taken.
pub fn nearest<'n>(typed: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let typed = typed.to_lowercase();
    let allowed = 1 + typed.chars().count() / 4;
    let far = |name: &str| strsim::osa_distance(&typed, &name.to_lowercase());
    let near = names.into_iter().map(|name| (far(name), name)).filter(|(far, _)| *far <= allowed);
    near.min_by_key(|(far, _)| *far).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn names_that_are_like_the_one_typed() {
        let names = ["map", "Bridge", "outlet", "outlets", "Züge"];
        for (typed, meant) in [
            ("mpa", Some("map")),
            ("mop", Some("map")),
            ("mo", None),
            ("brigde", Some("Bridge")),
            ("BRIDG", Some("Bridge")),
            ("outles", Some("outlet")),
            ("outletts", Some("outlets")),
            ("ferry", None),
            ("Zöge", Some("Züge")),
            ("", None),
        ] {
            assert_eq!(nearest(typed, names), meant, "{typed}");
        }
        assert_eq!(nearest("map", []), None);
    }
}
