//! GSM 06.10 from a WAV file or with nothing around it.

use std::io::{BufReader, ErrorKind, Read, SeekFrom, Take};

use model::sound::{Codec, Container, Layout, SoundFault};

use super::{Decode, Decoding, Halt, Source};
use crate::gsm::{Decoder, Frame, Packing, SAMPLES};

/// Frames in a second of GSM with nothing around it.
const RATE: u32 = 8000;

/// Frames of GSM where a WAV file has them.
pub fn open_wav(layout: Layout, file: &mut impl Source) -> Result<Decoding<'_>, Halt> {
    decoding(layout, Packing::Wav, file)
}

/// A file of nothing but frames.
pub fn open_raw(file: &mut impl Source, bytes: u64) -> Result<Decoding<'_>, Halt> {
    let block = Packing::Toast.block().0 as u64;
    let whole = bytes.next_multiple_of(block);
    if whole > bytes {
        return Err(SoundFault::Truncated {
            declared: whole,
            found: bytes,
        }
        .into());
    }
    let layout = Layout {
        codec: Codec::Gsm,
        container: Container::Raw,
        channels: 1,
        rate: RATE,
        frames: bytes / block * SAMPLES as u64,
        data_start: 0,
        data_len: bytes,
    };
    decoding(layout, Packing::Toast, file)
}

fn decoding(layout: Layout, packing: Packing, file: &mut impl Source) -> Result<Decoding<'_>, Halt> {
    file.seek(SeekFrom::Start(layout.data_start))?;
    let blocks = BufReader::new(file).take(layout.data_len);
    Ok(Decoding {
        layout,
        decoder: Box::new(Gsm {
            blocks,
            packing,
            decoder: Decoder::default(),
        }),
    })
}

struct Gsm<R> {
    blocks: Take<BufReader<R>>,
    packing: Packing,
    decoder: Decoder,
}

impl<R: Read> Decode for Gsm<R> {
    fn next(&mut self, samples: &mut Vec<i16>) -> Result<(), Halt> {
        samples.clear();
        if self.blocks.limit() == 0 {
            return Ok(());
        }
        let (bytes, frames) = self.packing.block();
        let mut block = [0; 65];
        let block = &mut block[..bytes];
        match self.blocks.read_exact(block) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Err(Halt::Damaged),
            read => read?,
        }
        if !self.packing.marks(block) {
            return Err(Halt::Damaged);
        }
        for index in 0..frames {
            samples.extend(self.decoder.decode(&Frame::unpack(self.packing, block, index)));
        }
        Ok(())
    }
}
