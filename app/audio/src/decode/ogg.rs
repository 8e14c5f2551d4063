//! Packets out of an Ogg stream (RFC 3533), read strictly: one stream, every page there and whole, an end mark.
//!
//! A reader of our own, since a recording with a hole in it must be noticed: the crate at hand shows neither page
//! numbers nor an end mark on an empty page, and gathers packets without bound.

use std::io::{self, Read};

use model::sound::SoundFault;

use super::Halt;

/// Bytes kept of a packet. Audio packets are smaller (RFC 7845, 6); of a larger one, such as a tag with a picture, only
/// the beginning is kept.
pub const KEPT: usize = 61_440;
/// Bytes that may follow the last page.
const TAIL: u64 = 512;

const CONTINUED: u8 = 1;
const FIRST: u8 = 2;
const LAST: u8 = 4;

/// What the pages say beside the packets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mark {
    /// Where the page ends, in samples, if this packet is the last that ends on it.
    pub granule: Option<u64>,
    /// Whether the packet was longer than [`KEPT`].
    pub cut: bool,
}

/// The packets of a stream.
pub struct Packets<R> {
    reader: R,
    at: u64,
    serial: u32,
    sequence: u32,
    /// Lengths of the segments of this page, those already given away, and the page's body.
    lengths: Vec<u8>,
    given: usize,
    body: Vec<u8>,
    taken: usize,
    granule: u64,
    last: bool,
    started: bool,
    /// Whether the packet being gathered goes on from the page before.
    open: bool,
}

impl<R: Read> Packets<R> {
    pub const fn new(reader: R) -> Self {
        Self {
            reader,
            at: 0,
            serial: 0,
            sequence: 0,
            lengths: Vec::new(),
            given: 0,
            body: Vec::new(),
            taken: 0,
            granule: 0,
            last: false,
            started: false,
            open: false,
        }
    }

    /// Reads the next packet in place of the one given; `None` after the last.
    pub fn next(&mut self, packet: &mut Vec<u8>) -> Result<Option<Mark>, Halt> {
        packet.clear();
        let mut mark = Mark::default();
        loop {
            while let Some(&length) = self.lengths.get(self.given) {
                let segment = self
                    .body
                    .get(self.taken..self.taken + usize::from(length))
                    .unwrap_or_default();
                mark.cut |= packet.len() + segment.len() > KEPT;
                if !mark.cut {
                    packet.extend(segment);
                }
                self.taken += usize::from(length);
                self.given += 1;
                self.open = length == 255;
                if !self.open {
                    let ends_page = self.lengths[self.given..].iter().all(|&length| length == 255);
                    mark.granule = (ends_page && self.granule != u64::MAX).then_some(self.granule);
                    return Ok(Some(mark));
                }
            }
            if self.last {
                self.tail()?;
                return if self.open { Err(Halt::Damaged) } else { Ok(None) };
            }
            self.page()?;
        }
    }

    fn page(&mut self) -> Result<(), Halt> {
        let mut head = [0; 27];
        let have = fill(&mut self.reader, &mut head)?;
        if have == 0 && self.started {
            return Err(SoundFault::Unfinished.into());
        }
        self.at += have as u64;
        if have < head.len() {
            return Err(self.cut(head.len() - have));
        }
        let [b'O', b'g', b'g', b'S', 0, flags, ..] = head else {
            return Err(Halt::Damaged);
        };
        let field = |at: usize| u32::from_le_bytes(std::array::from_fn(|i| head[at + i]));
        let granule = u64::from(field(6)) | u64::from(field(10)) << 32;
        let (serial, sequence, crc) = (field(14), field(18), field(22));

        self.lengths.resize(head[26].into(), 0);
        let have = fill(&mut self.reader, &mut self.lengths)?;
        self.at += have as u64;
        let length = self.lengths.iter().map(|&length| usize::from(length)).sum();
        if have < self.lengths.len() {
            return Err(self.cut(self.lengths.len() - have));
        }
        self.body.resize(length, 0);
        let have = fill(&mut self.reader, &mut self.body)?;
        self.at += have as u64;
        if have < length {
            return Err(self.cut(length - have));
        }

        head[22..26].fill(0);
        let sum = [&head[..], &self.lengths, &self.body]
            .iter()
            .fold(0, |sum, part| checksum(sum, part));
        if sum != crc {
            return Err(Halt::Damaged);
        }
        let first = flags & FIRST != 0;
        if self.started && (first || serial != self.serial) {
            return Err(SoundFault::NotOpus.into());
        }
        let follows = !self.started || sequence == self.sequence.wrapping_add(1);
        if first == self.started || !follows || (flags & CONTINUED != 0) != self.open {
            return Err(Halt::Damaged);
        }
        (self.serial, self.sequence, self.started) = (serial, sequence, true);
        self.granule = granule;
        self.last = flags & LAST != 0;
        (self.given, self.taken) = (0, 0);
        Ok(())
    }

    /// What may come after the last page: no other stream, and not much else.
    fn tail(&mut self) -> Result<(), Halt> {
        let mut head = [0; 4];
        let have = fill(&mut self.reader, &mut head)?;
        if head == *b"OggS" {
            return Err(SoundFault::NotOpus.into());
        }
        let bytes = have as u64 + io::copy(&mut self.reader, &mut io::sink())?;
        if bytes > TAIL {
            return Err(SoundFault::Trailing { bytes }.into());
        }
        Ok(())
    }

    fn cut(&self, missing: usize) -> Halt {
        SoundFault::Truncated {
            declared: self.at + missing as u64,
            found: self.at,
        }
        .into()
    }
}

/// Reads as much as there is room for, less only at the end.
fn fill(reader: &mut impl Read, mut room: &mut [u8]) -> io::Result<usize> {
    let mut have = 0;
    while !room.is_empty() {
        match reader.read(room) {
            Ok(0) => break,
            Ok(n) => {
                have += n;
                room = &mut room[n..];
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(have)
}

/// CRC-32 with the polynomial `04c11db7`, neither reflected nor inverted (RFC 3533, 6).
fn checksum(sum: u32, bytes: &[u8]) -> u32 {
    static TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut byte = 0_u32;
        while byte < 256 {
            let mut sum = byte << 24;
            let mut bit = 0;
            while bit < 8 {
                sum = if sum >> 31 == 1 {
                    sum << 1 ^ 0x04c1_1db7
                } else {
                    sum << 1
                };
                bit += 1;
            }
            table[byte as usize] = sum;
            byte += 1;
        }
        table
    };
    let step = |sum: u32, &byte: &u8| sum << 8 ^ TABLE[usize::from(sum.to_be_bytes()[0] ^ byte)];
    bytes.iter().fold(sum, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(flags: u8, granule: u64, sequence: u32, lengths: &[u8], body: &[u8]) -> Vec<u8> {
        let mut page = b"OggS\0".to_vec();
        page.push(flags);
        page.extend(granule.to_le_bytes());
        page.extend(7_u32.to_le_bytes());
        page.extend(sequence.to_le_bytes());
        page.extend([0; 4]);
        page.push(u8::try_from(lengths.len()).unwrap());
        page.extend(lengths);
        page.extend(body);
        let sum = checksum(0, &page).to_le_bytes();
        page[22..26].copy_from_slice(&sum);
        page
    }

    fn packets(stream: &[u8]) -> Result<Vec<(usize, Option<u64>)>, SoundFault> {
        let (mut packets, mut packet, mut all) = (Packets::new(stream), vec![], vec![]);
        loop {
            match packets.next(&mut packet) {
                Ok(Some(mark)) => all.push((packet.len(), mark.granule)),
                Ok(None) => return Ok(all),
                Err(halt) => return Err(halt.after(0, 1).fault().unwrap()),
            }
        }
    }

    #[test]
    fn packets_end_within_and_across_pages() {
        let stream = [
            page(FIRST, 0, 4, &[3], &[1; 3]),
            page(0, 10, 5, &[2, 0, 255], &[2; 257]),
            page(CONTINUED, u64::MAX, 6, &[255], &[3; 255]),
            page(CONTINUED | LAST, 30, 7, &[1, 9], &[4; 10]),
        ]
        .concat();
        let all = vec![(3, Some(0)), (2, None), (0, Some(10)), (511, None), (9, Some(30))];
        assert_eq!(packets(&stream), Ok(all));
        for len in 0..stream.len() {
            let fault = packets(&stream[..len]).unwrap_err();
            assert!(
                matches!(fault, SoundFault::Truncated { .. } | SoundFault::Unfinished),
                "{len}: {fault:?}"
            );
        }
        for at in 0..stream.len() {
            let mut stream = stream.clone();
            stream[at] ^= 0x10;
            assert!(packets(&stream).is_err(), "byte {at}");
        }
    }

    #[test]
    fn an_end_mark_may_stand_on_an_empty_page() {
        let first = page(FIRST, 5, 0, &[3], &[1; 3]);
        let end = page(LAST, 5, 1, &[], &[]);
        assert_eq!(packets(&[&first[..], &end].concat()), Ok(vec![(3, Some(5))]));
        assert_eq!(packets(&first), Err(SoundFault::Unfinished));
        assert_eq!(packets(&[&first[..], &end, &[0; 512]].concat()), Ok(vec![(3, Some(5))]));
        let trailing = packets(&[&first[..], &end, &[0; 513]].concat());
        assert_eq!(trailing, Err(SoundFault::Trailing { bytes: 513 }));
        let chained = packets(&[&first[..], &end, &first].concat());
        assert_eq!(chained, Err(SoundFault::NotOpus));
    }

    #[test]
    fn holes_are_damage_and_other_streams_are_refused() {
        let hole = [page(FIRST, 0, 0, &[3], &[1; 3]), page(LAST, 9, 2, &[1], &[1])].concat();
        assert_eq!(packets(&hole), Err(SoundFault::Damaged { at_ms: 0 }));
        let twice = [page(FIRST, 0, 0, &[3], &[1; 3]), page(FIRST, 9, 1, &[1], &[1])].concat();
        assert_eq!(packets(&twice), Err(SoundFault::NotOpus));
    }

    #[test]
    fn an_endless_packet_is_not_gathered() {
        let mut stream = page(FIRST, 0, 0, &[255; 255], &vec![0; 65_025]);
        stream.extend(page(CONTINUED | LAST, 0, 1, &[1], &[0]));
        let (mut packets, mut packet) = (Packets::new(&stream[..]), vec![]);
        let mark = packets.next(&mut packet).unwrap_or_default().unwrap();
        assert!(mark.cut && packet.len() <= KEPT);
    }
}
