//! Small things beside each other, in as many rows as they need.

/// Places them.
pub struct Flow {
    left: i32,
    right: i32,
    x: i32,
    y: i32,
    row: i32,
}

impl Flow {
    /// From `left` to `right`, the first row at `y`, each row so high.
    pub fn new(left: i32, right: i32, y: i32, row: i32) -> Flow {
        Flow { left, right, x: left, y, row }
    }

    /// Where something so wide stands: its upper left corner. `height` tells how far down from there it reaches.
    pub fn place(&mut self, width: i32, height: i32) -> (i32, i32) {
        if self.x > self.left && self.x + width > self.right {
            self.x = self.left;
            self.y += self.row;
        }
        let place = (self.x, self.y + (self.row - height) / 2);
        self.x += width;
        place
    }

    /// Below the last row.
    pub fn bottom(&self) -> i32 {
        self.y + self.row
    }
}
