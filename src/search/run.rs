//! Running a planned query: segment after segment, and in a large archive on all cores. An archive mostly lies in
//! one large segment: so parts of it are looked through side by side.

use crate::index::Reader;
use crate::search::SearchError;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::{COLLECT_BLOCK_BUFFER_LEN, DocId, DocSet, Executor, Searcher, SegmentOrdinal, SegmentReader};

/// Collects the documents a planned query finds.
pub(super) fn run<C: Collector>(
    reader: &Reader,
    query: &dyn Query,
    collector: &C,
) -> tantivy::Result<C::Fruit> {
    let searcher = reader.searcher();
    match searcher.index().search_executor() {
        Executor::SingleThread => searcher.search(query, collector),
        threads => side_by_side(searcher, threads, query, collector),
    }
}

/// Does a piece of work for each of several things, in a large archive on all cores.
pub(super) fn each<A: Send, R: Send>(
    reader: &Reader,
    things: impl Iterator<Item = A>,
    work: impl Fn(A) -> Result<R, SearchError> + Sync,
) -> Result<Vec<R>, SearchError> {
    let threads = reader.searcher().index().search_executor();
    threads.map(|thing| Ok(work(thing)), things)?.into_iter().collect()
}

/// Splits what is asked of each of a list among the cores.
pub(super) fn shared<'a, A>(reader: &Reader, list: &'a [A]) -> std::slice::Chunks<'a, A> {
    let threads = reader.searcher().index().search_executor();
    list.chunks(list.len().div_ceil(count(threads)).max(1))
}

/// Puts together what was collected in the parts of each segment.
pub(super) fn by_segment<T>(
    parts: Vec<T>,
    segment: impl Fn(&T) -> SegmentOrdinal,
    add: impl Fn(&mut T, T),
) -> Vec<T> {
    let mut segments: Vec<T> = Vec::new();
    for part in parts {
        match segments.iter_mut().find(|known| segment(known) == segment(&part)) {
            Some(known) => add(known, part),
            None => segments.push(part),
        }
    }
    segments
}

/// How many threads these are.
fn count(threads: &Executor) -> usize {
    match threads {
        Executor::SingleThread => 1,
        Executor::ThreadPool(pool) => pool.current_num_threads(),
    }
}

fn side_by_side<C: Collector>(
    searcher: &Searcher,
    threads: &Executor,
    query: &dyn Query,
    collector: &C,
) -> tantivy::Result<C::Fruit> {
    let scoring = if collector.requires_scoring() {
        EnableScoring::enabled_from_searcher(searcher)
    } else {
        EnableScoring::disabled_from_searcher(searcher)
    };
    let weight = query.weight(scoring)?;
    let (parts, next) = (parts(searcher, count(threads)), AtomicUsize::new(0));
    // Each core takes the largest part that is left when it is done with one. From a queue of the pool one core would
    // take the small ones first, and come to its large one when the others have nothing left to do. So the parts come
    // in any order, and no collector may depend on it.
    let taken = || parts.get(next.fetch_add(1, Ordering::Relaxed));
    let collect = |_| -> tantivy::Result<Vec<_>> {
        std::iter::from_fn(taken).map(|part| part.collect(&*weight, collector)).collect()
    };
    let collected = threads.map(collect, 0..count(threads))?;
    collector.merge_fruits(collected.into_iter().flatten().collect())
}

/// Some documents of a segment.
struct Part<'a> {
    number: u32,
    segment: &'a SegmentReader,
    docs: Range<DocId>,
}

/// The segments, and large ones in parts; the largest first.
fn parts(searcher: &Searcher, threads: usize) -> Vec<Part<'_>> {
    let all: u64 = searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc())).sum();
    let most = (all as usize).div_ceil(threads).max(1);
    let mut parts = Vec::new();
    for (number, segment) in (0..).zip(searcher.segment_readers()) {
        let count = (segment.max_doc() as usize).div_ceil(most).max(1) as u64;
        let border = |part: u64| (u64::from(segment.max_doc()) * part / count) as DocId;
        parts.extend((0..count).map(|part| Part { number, segment, docs: border(part)..border(part + 1) }));
    }
    parts.sort_by_key(|part| std::cmp::Reverse(part.docs.len()));
    parts
}

impl Part<'_> {
    fn collect<C: Collector>(
        &self,
        weight: &dyn Weight,
        collector: &C,
    ) -> tantivy::Result<<C::Child as SegmentCollector>::Fruit> {
        let mut found = collector.for_segment(self.number, self.segment)?;
        let mut scorer = weight.scorer(self.segment, 1.0)?;
        if scorer.doc() < self.docs.start {
            scorer.seek(self.docs.start);
        }
        let alive = self.segment.alive_bitset();
        let is_alive = |doc: &DocId| alive.is_none_or(|alive| alive.is_alive(*doc));
        if collector.requires_scoring() {
            while scorer.doc() < self.docs.end {
                if is_alive(&scorer.doc()) {
                    found.collect(scorer.doc(), scorer.score());
                }
                scorer.advance();
            }
            return Ok(found.harvest());
        }
        let mut block = [0; COLLECT_BLOCK_BUFFER_LEN];
        while scorer.doc() < self.docs.end {
            let filled = scorer.fill_buffer(&mut block);
            // What belongs to the next part is left to it.
            let within = block[..filled].partition_point(|doc| *doc < self.docs.end);
            block[..within].iter().filter(|doc| is_alive(doc)).for_each(|doc| found.collect(*doc, 0.0));
        }
        Ok(found.harvest())
    }
}

#[cfg(test)]
mod tests {
    use super::{Executor, side_by_side};
    use crate::schema::{analyzed, fields, register, schema};
    use crate::search::Sort;
    use crate::search::leaves::{any_of, begins, term};
    use crate::search::ranked::{Order, Ranked};
    use tantivy::collector::DocSetCollector;
    use tantivy::{Index, IndexWriter, TantivyDocument, Term};

    /// An index of two segments, one of them large, with documents that are deleted.
    fn index() -> Index {
        let index = Index::builder().schema(schema().clone()).create_in_ram().unwrap();
        register(&index);
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 20 << 20).unwrap();
        writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
        for (from, to) in [(0, 5000), (5000, 5100)] {
            for number in from..to {
                let mut document = TantivyDocument::default();
                let words = format!("w{} x{}", number % 7, number % 911);
                document.add_text(fields().body, analyzed(&words, &[], &[]).as_str());
                document.add_text(fields().unit, format!("u{}", number % 50));
                document.add_u64(fields().key, number);
                // In the order of the documents, against it, or without a date.
                match number % 3 {
                    0 => document.add_i64(fields().day, number as i64),
                    1 => document.add_i64(fields().day, 9000 - number as i64),
                    _ => {}
                }
                writer.add_document(document).unwrap();
            }
            writer.commit().unwrap();
        }
        writer.delete_term(Term::from_field_text(fields().unit, "u3"));
        writer.commit().unwrap();
        index
    }

    #[test]
    fn parts_side_by_side_find_what_one_search_finds() {
        let searcher = index().reader().unwrap().searcher();
        let body = fields().body;
        let queries =
            [term(body, "w3"), any_of(vec![term(body, "w1"), term(body, "x9")]), begins(body, "x1")];
        for (number, query) in queries.iter().enumerate() {
            for threads in [1, 2, 3, 8] {
                let threads = Executor::multi_thread(threads, "test").unwrap();
                let found = side_by_side(&searcher, &threads, query, &DocSetCollector).unwrap();
                assert_eq!(found, searcher.search(query, &DocSetCollector).unwrap(), "{number}");
                assert!(found.len() > 500, "{number}");
                let ranked = || Ranked::new(Order { sort: Sort::Relevance, keep: 50 }, None);
                let places = |found: crate::search::ranked::Collected| {
                    let rows = found.rows.iter().map(|row| (row.place, row.score.to_bits()));
                    (found.total, rows.collect::<Vec<_>>())
                };
                let found = places(side_by_side(&searcher, &threads, query, &ranked()).unwrap());
                assert_eq!(found, places(searcher.search(query, &ranked()).unwrap()), "{number}");
            }
        }
    }

    /// However few are kept on the way, they are the first of all in order.
    #[test]
    fn the_first_hits_are_the_first_of_all() {
        let searcher = index().reader().unwrap().searcher();
        let query = any_of(vec![term(fields().body, "w3"), begins(fields().body, "x1")]);
        for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
            let ranked = |keep, threads| {
                let threads = Executor::multi_thread(threads, "test").unwrap();
                let ranked = Ranked::new(Order { sort, keep }, None);
                let found = side_by_side(&searcher, &threads, &query, &ranked).unwrap();
                (found.total, found.rows.iter().map(|row| row.place).collect::<Vec<_>>())
            };
            let (total, all) = ranked(usize::MAX, 1);
            assert!(total > 1000 && all.len() == total, "{total}");
            for keep in [0, 1, 2, 127, 128, 255, 256, 257, total - 1, total, total + 1] {
                let first = all[..keep.min(total)].to_vec();
                for threads in [1, 3] {
                    assert_eq!(ranked(keep, threads), (total, first.clone()), "{sort:?}, {keep}");
                }
            }
        }
    }
}
