//! Numbers that look random (xorshift) and are the same each time.

pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides
    }

    pub fn of<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.roll(values.len())]
    }
}
