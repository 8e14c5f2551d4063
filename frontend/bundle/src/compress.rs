//! Compresses beforehand, once and hard, what the server would otherwise compress for every visitor.

use std::io::Write as _;

use anyhow::Result;

/// Brotli's hardest level, and its largest window that every browser takes (RFC 7932: 16 MiB).
const BROTLI_QUALITY: u32 = 11;
const BROTLI_WINDOW: u32 = 24;

/// Text and WebAssembly shrink; fonts (woff2) and pictures are compressed already.
pub fn shrinks(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    matches!(
        ending,
        "css" | "html" | "ico" | "js" | "json" | "map" | "svg" | "txt" | "wasm" | "webmanifest" | "xml"
    )
}

pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 64 * 1024, BROTLI_QUALITY, BROTLI_WINDOW);
    writer.write_all(bytes)?;
    Ok(writer.into_inner())
}

pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes)?;
    Ok(writer.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn what_is_compressed_comes_back() {
        let text = "Ett samtal, ett samtal till. ".repeat(200).into_bytes();
        let (small, zipped) = (brotli(&text).unwrap(), gzip(&text).unwrap());
        assert!(small.len() < zipped.len() && zipped.len() < text.len() / 10);
        let mut back = Vec::new();
        brotli::Decompressor::new(&small[..], 4096)
            .read_to_end(&mut back)
            .unwrap();
        assert_eq!(back, text);
        back.clear();
        flate2::read::GzDecoder::new(&zipped[..])
            .read_to_end(&mut back)
            .unwrap();
        assert_eq!(back, text);
    }

    #[test]
    fn fonts_are_left_alone() {
        assert!(shrinks("hark-1.wasm") && shrinks("icons.svg"));
        assert!(!shrinks("fonts/inter.woff2") && !shrinks("LICENSE"));
    }
}
