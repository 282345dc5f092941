//! Archives made by hand, so that a test can say what is wrong with them.

use flate2::Crc;
use flate2::write::{DeflateEncoder, GzEncoder};
use std::io::Write;

pub(crate) fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    ::zstd::encode_all(bytes, 3).unwrap()
}

/// How a member of a zip archive is packed.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum How {
    Stored,
    Deflated,
    Zstd,
    /// Deflated, with its sizes behind the content.
    OpenEnded,
    /// Stored, and said to be encrypted.
    Encrypted,
    /// Stored, and said to be packed by this method.
    Method(u16),
}

/// A zip archive of these members.
pub(crate) fn zip(members: &[(&[u8], &[u8], How)]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, content, how) in members {
        let mut sum = Crc::new();
        sum.update(content);
        let (method, flags) = match how {
            How::Stored => (0, 0),
            How::Deflated => (8, 0),
            How::Zstd => (93, 0),
            How::OpenEnded => (8, 8),
            How::Encrypted => (0, 1),
            How::Method(method) => (*method, 0),
        };
        let packed = match how {
            How::Deflated | How::OpenEnded => deflated(content),
            How::Zstd => zstd(content),
            _ => content.to_vec(),
        };
        let sizes = [sum.sum(), packed.len() as u32, content.len() as u32].map(u32::to_le_bytes).concat();
        let unknown = vec![0; 12];
        let header = |sizes: &[u8]| {
            let fixed = [20u16, flags, method, 0, 0].map(u16::to_le_bytes).concat();
            [&fixed[..], sizes, &(name.len() as u16).to_le_bytes(), &[0, 0]].concat()
        };
        let at = archive.len() as u32;
        archive.extend(
            [b"PK\x03\x04", &header(if *how == How::OpenEnded { &unknown } else { &sizes })[..], name]
                .concat(),
        );
        archive.extend(&packed);
        if *how == How::OpenEnded {
            archive.extend([b"PK\x07\x08", &sizes[..]].concat());
        }
        directory.extend(
            [&b"PK\x01\x02\x14\x00"[..], &header(&sizes), &[0; 10], &at.to_le_bytes(), name].concat(),
        );
    }
    let (at, size, count) = (archive.len() as u32, directory.len() as u32, members.len() as u16);
    archive.extend(directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    archive.extend([size.to_le_bytes(), at.to_le_bytes()].concat());
    archive.extend([0, 0]);
    archive
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// One member of a tar archive: its header and its content in blocks.
pub(crate) fn tar_member(name: &[u8], kind: u8, content: &[u8]) -> Vec<u8> {
    let mut block = [0u8; 512];
    block[..name.len()].copy_from_slice(name);
    block[124..136].copy_from_slice(format!("{:011o}\0", content.len()).as_bytes());
    block[156] = kind;
    block[257..263].copy_from_slice(b"ustar\0");
    block[148..156].fill(b' ');
    let sum: u32 = block.iter().map(|b| u32::from(*b)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    let mut member = [&block[..], content].concat();
    member.resize(member.len().next_multiple_of(512), 0);
    member
}

/// A tar archive of these files, each name no longer than a header holds.
pub(crate) fn tar(members: &[(&[u8], &[u8])]) -> Vec<u8> {
    let mut archive: Vec<u8> =
        members.iter().flat_map(|(name, content)| tar_member(name, b'0', content)).collect();
    archive.extend([0; 1024]);
    archive
}
