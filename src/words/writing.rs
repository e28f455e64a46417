//! How a language writes numbers, dates and lists.

use jiff::civil::Date;

table! {
    /// How numbers, dates and lists are written.
    pub struct Writing {
        /// Between whole numbers and decimals: a point or a comma.
        text decimal_point;
        /// Between the last two of several things, of which one is enough.
        text or;
        /// From Monday on, as within a sentence.
        list weekdays;
        list months;
        /// Where there is little room.
        list short_months;
        /// A day as people write it within a sentence, such as Saturday 5 December 2026.
        line date(weekday: &str, day: i8, month: &str, year: i16);
        /// A day that is near, such as Saturday 5 December.
        line day(weekday: &str, day: i8, month: &str);
        /// A day where there is little room, such as 5 Dec 2026.
        line short_date(day: i8, month: &str, year: i16);
    }
}

impl Writing {
    /// In digits without needless zeros: `64`, `2.6`.
    pub(super) fn number(&self, number: f64) -> String {
        // There is no minus zero for people.
        format!("{}", number + 0.0).replace('.', self.decimal_point)
    }

    pub(super) fn weekday(&self, date: Date) -> &'static str {
        let weekday = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
        self.weekdays.get(weekday).copied().unwrap_or_default()
    }

    pub(super) fn month(&self, date: Date) -> &'static str {
        named(self.months, date)
    }

    pub(super) fn short_month(&self, date: Date) -> &'static str {
        named(self.short_months, date)
    }
}

fn named(months: &[&'static str], date: Date) -> &'static str {
    let month = usize::from(date.month().unsigned_abs());
    months.get(month.saturating_sub(1)).copied().unwrap_or_default()
}
