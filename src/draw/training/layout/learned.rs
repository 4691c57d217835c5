//! Where that stands which was learned.

use super::{Layout, Span};
use crate::draw::Rect;
use crate::model::exhibits::training::{Fit, PLANE};

impl Layout {
    /// What was learned.
    pub(super) fn learned(&mut self, fit: &Fit, room: Rect) {
        match fit {
            Fit::Curve { .. } => {
                let span = Span::linear(-3.0, 3.0);
                let y = Span::linear(-2.2, 2.2);
                self.side = vec![self.plot(room, span, y)];
            }
            Fit::Surface(_) => self.planes(room),
            Fit::Slopes { law, slopes, .. } => {
                let all = || slopes.iter().flatten().chain(law).copied();
                let finite = || all().filter(|slope| slope.is_finite());
                let low = finite().fold(-0.1, f64::min).max(-5.0);
                let high = finite().fold(0.3, f64::max).min(5.0);
                let inputs = crate::draw::layout::at(law.len());
                let x = Span::linear(0.5, inputs + 0.5);
                let y = Span::linear(low * 1.15, high * 1.15);
                if self.compact {
                    self.side = vec![self.plot(room, x, y)];
                    return;
                }
                let upper = Rect {
                    h: room.h * 0.52,
                    ..room
                };
                let lower = |k: f64| Rect {
                    x: room.x + k * room.w / 2.0,
                    y: room.y + upper.h,
                    w: room.w / 2.0,
                    h: room.h - upper.h,
                };
                let square = Span::linear(-3.0, 3.0);
                self.side = vec![self.plot(upper, x, y)];
                let answers = [0.0, 1.0].map(|k| self.plot(lower(k), square, square));
                self.side.extend(answers);
            }
        }
    }

    /// Two planes, abreast where there is room, and a line or two that say what their marks mean.
    fn planes(&mut self, room: Rect) {
        const LINE: f64 = 15.0;
        let lines = if room.w < 330.0 { 2.0 } else { 1.0 };
        let key = lines * LINE + 3.0;
        self.key = Rect {
            y: room.y + room.h - key,
            h: key,
            ..room
        };
        let all = Rect {
            h: room.h - key,
            ..room
        };
        let [x, y] = PLANE.map(|span| Span::linear((*span.start()).into(), (*span.end()).into()));
        let part = |k: f64| {
            if self.compact || room.w >= 400.0 {
                let w = all.w / 2.0;
                Rect {
                    x: all.x + k * w,
                    w,
                    ..all
                }
            } else {
                let h = all.h / 2.0;
                Rect {
                    y: all.y + k * h,
                    h,
                    ..all
                }
            }
        };
        self.side = [0.0, 1.0].map(|k| self.plot(part(k), x, y)).to_vec();
    }
}
