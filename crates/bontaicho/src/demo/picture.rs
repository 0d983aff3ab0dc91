//! A picture of the demonstration: the drawing of a gauge, so that evidence has something to show. No photograph of
//! anything real.

const WIDTH: usize = 240;
const HEIGHT: usize = 160;

/// A gauge that is so full, 0 to 100, as a PNG. Its rows are stored, not packed: the program has no packer of its own.
pub(super) fn gauge(percent: usize) -> Vec<u8> {
    let mut rows = Vec::with_capacity(HEIGHT * (WIDTH * 3 + 1));
    let level = HEIGHT - 20 - (HEIGHT - 40) * percent.min(100) / 100;
    for y in 0..HEIGHT {
        rows.push(0);
        for x in 0..WIDTH {
            let inside = (90..150).contains(&x) && (20..HEIGHT - 20).contains(&y);
            let edge = inside && !((93..=146).contains(&x) && (23..=HEIGHT - 24).contains(&y));
            let mark = (60..84).contains(&x) && (20..HEIGHT - 18).contains(&y) && (y - 20) % 12 < 2;
            rows.extend_from_slice(match (edge || mark, inside, y >= level) {
                (true, ..) => &[60, 58, 54],
                (_, true, true) => &[47, 125, 122],
                (_, true, false) => &[224, 220, 210],
                _ => &[247, 244, 236],
            });
        }
    }
    let mut head = Vec::new();
    head.extend_from_slice(&(WIDTH as u32).to_be_bytes());
    head.extend_from_slice(&(HEIGHT as u32).to_be_bytes());
    head.extend_from_slice(&[8, 2, 0, 0, 0]);
    let mut png = vec![0x89, b'P', b'N', b'G', 13, 10, 26, 10];
    chunk(&mut png, b"IHDR", &head);
    chunk(&mut png, b"IDAT", &stored(&rows));
    chunk(&mut png, b"IEND", &[]);
    png
}

fn chunk(png: &mut Vec<u8>, kind: &[u8; 4], content: &[u8]) {
    png.extend_from_slice(&(content.len() as u32).to_be_bytes());
    let start = png.len();
    png.extend_from_slice(kind);
    png.extend_from_slice(content);
    let sum = png[start..].iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 })
    });
    png.extend_from_slice(&(!sum).to_be_bytes());
}

/// The bytes in stored blocks of zlib's format.
fn stored(bytes: &[u8]) -> Vec<u8> {
    const BLOCK: usize = 65_535;
    let mut packed = vec![0x78, 0x01];
    let blocks = bytes.len().div_ceil(BLOCK);
    for (place, block) in bytes.chunks(BLOCK).enumerate() {
        let length = block.len() as u16;
        packed.push(u8::from(place + 1 == blocks));
        packed.extend_from_slice(&length.to_le_bytes());
        packed.extend_from_slice(&(!length).to_le_bytes());
        packed.extend_from_slice(block);
    }
    let (one, two) = bytes.iter().fold((1_u32, 0_u32), |(one, two), byte| {
        let one = (one + u32::from(*byte)) % 65_521;
        (one, (two + one) % 65_521)
    });
    packed.extend_from_slice(&((two << 16) | one).to_be_bytes());
    packed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_its_parts_and_its_size() {
        let png = gauge(60);
        assert!(png.starts_with(&[0x89, b'P', b'N', b'G']));
        assert_eq!(&png[16..24], [0, 0, 0, 240, 0, 0, 0, 160]);
        // The sum of an empty last part is the same in every picture.
        assert!(png.ends_with(&[b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82]));
        assert_ne!(gauge(10), gauge(90));
    }
}
