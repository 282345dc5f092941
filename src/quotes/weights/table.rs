//! Hashes → a few small numbers each, in a table that is read where it lies.
//!
//! Every hash that was put in has a place of its own (perfect hashing by displacement): the hash tells
//! its group, the group by how much its hashes were shifted when the table was made, hash and shift
//! together the place. There the hash left a mark, so that one that was never put in is told apart.
//!
//! As bytes: how many groups and how many places there are, each as four bytes; the shift of each group,
//! two bytes; the places, each a mark of two bytes and its row. Numbers have their lowest byte first.

use super::mix;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A table with places of `N` bytes: a mark of two, and the row.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Table<const N: usize> {
    shifts: &'static [[u8; 2]],
    places: &'static [[u8; N]],
}

impl<const N: usize> Table<N> {
    /// What lies where a hash would.
    #[inline]
    fn place(&self, hash: u32) -> [u8; N] {
        let Some(shift) = self.shifts.get(group(hash, self.shifts.len())) else { return [0; N] };
        let place = place(hash, u16::from_le_bytes(*shift), self.places.len());
        self.places.get(place).copied().unwrap_or([0; N])
    }

    /// The table that some bytes begin with, used where it lies, and the bytes behind it.
    pub(super) fn lying(bytes: &'static [u8]) -> Option<(Table<N>, &'static [u8])> {
        let (shifts, places, rest) = parts(bytes)?;
        Some((Table { shifts, places }, rest))
    }
}

impl Table<4> {
    /// The two numbers of a hash; zeros if it was never put in.
    #[inline]
    pub(super) fn two(&self, hash: u32) -> [i8; 2] {
        let place = u32::from_le_bytes(self.place(hash));
        let row = if place as u16 == mark(hash) { place >> 16 } else { 0 };
        [row as i8, (row >> 8) as i8]
    }
}

impl Table<8> {
    /// Two zeros and the six numbers of a hash; zeros all along if it was never put in.
    #[inline]
    pub(super) fn six(&self, hash: u32) -> [i8; 8] {
        let place = u64::from_le_bytes(self.place(hash));
        let row = if place as u16 == mark(hash) { place & !0xFFFF } else { 0 };
        row.to_le_bytes().map(|byte| byte as i8)
    }
}

/// The shifts and places that some bytes begin with, and the bytes behind them.
#[expect(clippy::type_complexity)]
fn parts<const N: usize>(bytes: &[u8]) -> Option<(&[[u8; 2]], &[[u8; N]], &[u8])> {
    let (counts, rest) = bytes.split_first_chunk::<8>()?;
    let [groups, places] = [0, 4].map(|at| {
        let count = [counts[at], counts[at + 1], counts[at + 2], counts[at + 3]];
        u32::from_le_bytes(count) as usize
    });
    let (shifts, rest) = rest.split_at_checked(groups.checked_mul(2)?)?;
    let (places, rest) = rest.split_at_checked(places.checked_mul(N)?)?;
    let (shifts, places) = (shifts.as_chunks().0, places.as_chunks().0);
    Some((shifts, places, rest))
}

/// Evenly from 0 to `count`.
#[inline]
fn spread(hash: u32, count: usize) -> usize {
    ((u64::from(hash) * count as u64) >> 32) as usize
}

#[inline]
fn group(hash: u32, groups: usize) -> usize {
    spread(hash, groups)
}

#[inline]
fn place(hash: u32, shift: u16, places: usize) -> usize {
    spread(mix(hash, u32::from(shift)), places)
}

/// The bits that tell least of group and place.
#[inline]
fn mark(hash: u32) -> u16 {
    hash as u16
}

/// How many hashes a group holds on average.
const IN_A_GROUP: usize = 4;

/// One place in so many stays empty.
const EMPTY: usize = 12;

/// Packs rows, each of `N` bytes less two, into the bytes of a table.
pub(super) fn packed<const N: usize>(rows: &BTreeMap<u32, Vec<i8>>) -> Vec<u8> {
    let groups = rows.len() / IN_A_GROUP + 1;
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); groups];
    for hash in rows.keys() {
        members[group(*hash, groups)].push(*hash);
    }
    let mut count = rows.len() + rows.len() / EMPTY + 1;
    let shifts = loop {
        match shifts(&members, count) {
            Some(shifts) => break shifts,
            None => count += count / EMPTY + 1,
        }
    };
    let mut places = vec![[0; N]; count];
    for (hash, row) in rows {
        let place = &mut places[place(*hash, shifts[group(*hash, groups)], count)];
        let row = row.iter().map(|number| *number as u8);
        place
            .iter_mut()
            .zip(mark(*hash).to_le_bytes().into_iter().chain(row))
            .for_each(|(byte, put)| *byte = put);
    }
    let counts = [groups, count].map(|count| (count as u32).to_le_bytes());
    let shifts: Vec<[u8; 2]> = shifts.into_iter().map(u16::to_le_bytes).collect();
    [counts.as_flattened(), shifts.as_flattened(), places.as_flattened()].concat()
}

/// A shift for each group with which all hashes have places of their own; the largest groups choose
/// first. None where there is no way.
fn shifts(groups: &[Vec<u32>], count: usize) -> Option<Vec<u16>> {
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|group| Reverse(groups[*group].len()));
    let mut shifts = vec![0; groups.len()];
    let mut taken = vec![false; count];
    for group in order {
        let free = |shift: &u16| {
            let mut places: Vec<usize> = groups[group].iter().map(|h| place(*h, *shift, count)).collect();
            places.sort_unstable();
            places.iter().all(|place| !taken[*place]) && places.windows(2).all(|pair| pair[0] != pair[1])
        };
        shifts[group] = (0..=u16::MAX).find(free)?;
        groups[group].iter().for_each(|hash| taken[place(*hash, shifts[group], count)] = true);
    }
    Some(shifts)
}

#[cfg(test)]
mod tests {
    use super::{Table, packed};
    use crate::quotes::weights::mix;
    use std::collections::BTreeMap;

    #[test]
    fn what_was_put_in_is_found_and_nothing_else() {
        let row = |hash: u32| vec![(hash % 100) as i8, -1];
        let rows: BTreeMap<u32, Vec<i8>> = (0..5000).map(|n| mix(7, n)).map(|h| (h, row(h))).collect();
        let bytes = [packed::<4>(&rows), b"behind".to_vec()].concat().leak();
        let (table, rest) = Table::<4>::lying(bytes).unwrap();
        assert_eq!(rest, b"behind");
        assert!(rows.iter().all(|(hash, row)| table.two(*hash) == [row[0], row[1]]));
        let strange = (0..100_000).map(|n| mix(8, n)).filter(|hash| !rows.contains_key(hash));
        let mistaken = strange.filter(|hash| table.two(*hash) != [0; 2]).count();
        assert!(mistaken < 10, "{mistaken} were taken for others");
    }

    #[test]
    fn an_empty_table_and_a_broken_one() {
        let bytes: &[u8] = packed::<4>(&BTreeMap::new()).leak();
        assert_eq!(Table::<4>::lying(bytes).unwrap().0.two(5), [0; 2]);
        assert!(Table::<4>::lying(&bytes[..bytes.len() - 1]).is_none());
        assert!(Table::<4>::lying(&[0xFF; 8]).is_none());
    }
}
