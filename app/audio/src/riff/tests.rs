use super::{description::tests::fmt, *};

fn chunk(id: [u8; 4], body: &[u8]) -> Vec<u8> {
    let mut bytes = id.to_vec();
    bytes.extend(u32::try_from(body.len()).unwrap().to_le_bytes());
    bytes.extend(body);
    bytes.resize(bytes.len().next_multiple_of(2), 0);
    bytes
}

fn riff(chunks: &[Vec<u8>]) -> Vec<u8> {
    let body = chunks.concat();
    let mut bytes = b"RIFF".to_vec();
    bytes.extend(u32::try_from(body.len() + 4).unwrap().to_le_bytes());
    bytes.extend(b"WAVE");
    bytes.extend(body);
    bytes
}

fn read_by(bytes: &[u8], size: usize) -> (Result<Layout, SoundFault>, Vec<u8>) {
    let mut parser = Riff::new(Limits::default());
    let mut sound = vec![];
    for piece in bytes.chunks(size) {
        if let Err(fault) = parser.push(piece, |_, bytes| sound.extend(bytes)) {
            return (Err(fault), sound);
        }
    }
    (parser.finish(), sound)
}

fn read(bytes: &[u8]) -> Result<Layout, SoundFault> {
    let whole = read_by(bytes, bytes.len().max(1));
    for size in [1, 7, 13] {
        assert_eq!(read_by(bytes, size), whole, "in pieces of {size}");
    }
    whole.0
}

fn alaw() -> Vec<u8> {
    chunk(*b"fmt ", &fmt(6, 1, 8000, 1, 8))
}

fn sound(len: usize) -> Vec<u8> {
    chunk(*b"data", &vec![0x55; len])
}

fn put(bytes: &mut [u8], at: usize, value: u32) {
    bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
}

#[test]
fn the_sound_is_found_between_other_chunks() {
    let file = riff(&[
        chunk(*b"JUNK", &[0; 27]),
        chunk(*b"bext", &[7; 602]),
        alaw(),
        chunk(*b"fact", &[0; 4]),
        chunk(*b"LIST", b"INFOodd"),
        sound(11),
        chunk(*b"LIST", b"INFO"),
    ]);
    let layout = read(&file).unwrap();
    let start = usize::try_from(layout.data_start).unwrap();
    assert_eq!(
        (&file[start - 8..start - 4], layout.frames, layout.data_len),
        (&b"data"[..], 11, 11)
    );
    assert_eq!(read_by(&file, 5).1, [0x55; 11]);
}

#[test]
fn parts_that_are_missing_or_come_twice() {
    let missing = |chunk| Err(SoundFault::MissingChunk { chunk });
    assert_eq!(read(&riff(&[])), missing(Chunk::Format));
    assert_eq!(read(&riff(&[alaw()])), missing(Chunk::Data));
    assert_eq!(read(&riff(&[sound(10), alaw()])), missing(Chunk::Format));
    let twice = Err(SoundFault::LyingHeader {
        field: HeaderField::Repeated,
    });
    assert_eq!(read(&riff(&[alaw(), alaw(), sound(10)])), twice);
    assert_eq!(read(&riff(&[alaw(), sound(10), sound(10)])), twice);
    assert_eq!(read(&riff(&[alaw(), sound(0)])), Err(SoundFault::Empty));
    let short = riff(&[chunk(*b"fmt ", &fmt(1, 1, 8000, 1, 8)[..14]), sound(10)]);
    assert_eq!(
        read(&short),
        Err(SoundFault::LyingHeader {
            field: HeaderField::ChunkSize
        })
    );
    let padded_gsm = riff(&[chunk(*b"fmt ", &fmt(0x31, 1, 8000, 65, 0)), sound(66)]);
    assert_eq!(read(&padded_gsm).map(|l| (l.frames, l.data_len)), Ok((320, 65)));
    let ragged = riff(&[chunk(*b"fmt ", &fmt(1, 2, 8000, 4, 16)), sound(10)]);
    assert_eq!(read(&ragged), Err(SoundFault::Ragged { bytes: 2, block: 4 }));
}

#[test]
fn a_file_cut_anywhere_is_refused_until_only_slack_is_missing() {
    let file = riff(&[alaw(), sound(1001), chunk(*b"LIST", b"INFO")]);
    for len in 0..file.len() {
        let read = read(&file[..len]);
        if len < file.len() - 8 {
            assert!(matches!(read, Err(SoundFault::Truncated { .. })), "{len}: {read:?}");
        } else {
            assert!(read.is_ok(), "{len}: {read:?}");
        }
    }
    let file = riff(&[alaw(), sound(1000)]);
    for len in 0..file.len() {
        assert!(matches!(read(&file[..len]), Err(SoundFault::Truncated { .. })), "{len}");
    }
}

#[test]
fn sizes_that_lie() {
    let lie = |field| Err(SoundFault::LyingHeader { field });
    let good = riff(&[alaw(), sound(1000)]);
    let mut file = good.clone();
    for (size, expected) in [
        (OPEN, Err(SoundFault::Unfinished)),
        (0, Err(SoundFault::Unfinished)),
        (3, lie(HeaderField::RiffSize)),
        (500, lie(HeaderField::ChunkSize)),
        (
            0x7fff_ffff,
            Err(SoundFault::Truncated {
                declared: 0x8000_0007,
                found: 1044,
            }),
        ),
    ] {
        put(&mut file, 4, size);
        assert_eq!(read(&file), expected);
    }
    let mut file = good.clone();
    for (size, expected) in [
        (OPEN, Err(SoundFault::Unfinished)),
        (0x7fff_0000, lie(HeaderField::ChunkSize)),
        (1001, lie(HeaderField::ChunkSize)),
    ] {
        put(&mut file, 40, size);
        assert_eq!(read(&file), expected);
    }
    // Cut off while it was recorded: the header still tells of no sound.
    let mut file = good.clone();
    put(&mut file, 4, 36);
    put(&mut file, 40, 0);
    assert_eq!(read(&file), Err(SoundFault::Unfinished));
}

#[test]
fn a_few_bytes_after_the_end_do_no_harm() {
    let good = riff(&[alaw(), sound(1001)]);
    for (extra, expected) in [(0, None), (1, None), (512, None), (513, Some("trailing"))] {
        let mut file = good.clone();
        file.resize(file.len() + extra, 0);
        assert_eq!(read(&file).err().map(|f| f.code()), expected, "{extra}");
    }
    // The size of the file instead of what follows, and no byte that makes the last chunk even.
    let mut file = good;
    file.pop();
    let len = u32::try_from(file.len()).unwrap();
    put(&mut file, 4, len);
    assert_eq!(read(&file).map(|l| l.frames), Ok(1001));
}
