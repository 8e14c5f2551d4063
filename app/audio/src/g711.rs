//! ITU-T G.711: a sample in eight bits, by either law.

/// Distance of two neighbouring A-law magnitudes as 16-bit samples.
pub const ALAW_UNIT: i16 = 8;
/// Distance of two neighbouring mu-law magnitudes as 16-bit samples.
pub const MULAW_UNIT: i16 = 4;

/// The 16-bit sample of each A-law code.
pub static ALAW: [i16; 256] = {
    let mut table = [0; 256];
    let mut code = 0_u8;
    loop {
        let magnitude = alaw_magnitude(code).cast_signed() * ALAW_UNIT;
        table[code as usize] = if code & 0x80 == 0 { -magnitude } else { magnitude };
        if code == 255 {
            break table;
        }
        code += 1;
    }
};

/// The 16-bit sample of each mu-law code.
pub static MULAW: [i16; 256] = {
    let mut table = [0; 256];
    let mut code = 0_u8;
    loop {
        let magnitude = mulaw_magnitude(code).cast_signed() * MULAW_UNIT;
        table[code as usize] = if code & 0x80 == 0 { -magnitude } else { magnitude };
        if code == 255 {
            break table;
        }
        code += 1;
    }
};

/// How far from silence an A-law code is, in units of [`ALAW_UNIT`], 4 032 at most.
#[inline]
pub const fn alaw_magnitude(code: u8) -> u16 {
    let code = code ^ 0x55;
    let segment = (code >> 4) & 7;
    let step = (((code & 15) << 1) | 1) as u16;
    if segment == 0 {
        step
    } else {
        (step + 32) << (segment - 1)
    }
}

/// How far from silence a mu-law code is, in units of [`MULAW_UNIT`], 8 031 at most.
#[inline]
pub const fn mulaw_magnitude(code: u8) -> u16 {
    let code = !code;
    ((((code & 15) << 1) as u16 + 33) << ((code >> 4) & 7)) - 33
}

/// A byte that orders A-law codes as their samples are ordered, so that the lowest and the highest
/// of many are found without decoding any.
#[inline]
pub const fn alaw_key(code: u8) -> u8 {
    let code = code ^ 0x55;
    if code & 0x80 == 0 { code ^ 0x7f } else { code }
}

/// The code of an A-law key.
pub const fn alaw_code(key: u8) -> u8 {
    (if key & 0x80 == 0 { key ^ 0x7f } else { key }) ^ 0x55
}

/// A byte that orders mu-law codes as their samples are ordered.
#[inline]
pub const fn mulaw_key(code: u8) -> u8 {
    if code & 0x80 == 0 { code } else { code ^ 0x7f }
}

/// The code of a mu-law key.
pub const fn mulaw_code(key: u8) -> u8 {
    mulaw_key(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_order_codes_as_their_samples() {
        for (table, key, code) in [
            (&ALAW, alaw_key as fn(u8) -> u8, alaw_code as fn(u8) -> u8),
            (&MULAW, mulaw_key, mulaw_code),
        ] {
            let samples: Vec<i16> = (0..=255).map(|k| table[usize::from(code(k))]).collect();
            assert!(samples.is_sorted());
            assert!((0..=255).all(|c| code(key(c)) == c));
        }
    }

    /// Corners of the tables of ITU-T G.711 (11/88); that every code decodes as elsewhere is
    /// proven against sox in `tests/sox.rs`.
    #[test]
    fn corners_are_those_of_the_standard() {
        assert_eq!(
            [0x2a, 0xaa, 0x55, 0xd5].map(|c: u8| ALAW[usize::from(c)]),
            [-32256, 32256, -8, 8]
        );
        assert_eq!(
            [0x00, 0x80, 0x7f, 0xff].map(|c: u8| MULAW[usize::from(c)]),
            [-32124, 32124, 0, 0]
        );
    }
}
