//! Each function of Helm with odd arguments: what it gives doesn't matter, but it never panics, and always ends.
#![expect(
    clippy::disallowed_methods,
    reason = "the test reads its own data and no scanned input"
)]

use std::path::Path;

use helm::functions::{Arguments, Function, call, convert, find};
use helm::run::{Bounds, Options, Run, Scope};
use helm::value::{Bytes, Data, IntegerKind, Key, Type, Value};

/// How often each function is called.
const CALLS: usize = 150;
const BOUNDS: Bounds = Bounds {
    steps: 100_000,
    bytes: 1 << 20,
    depth: 100,
};

/// Numbers that look random and are the same in each run.
struct Odd(u64);

impl Odd {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap_or(0) % end
    }

    fn of<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.below(items.len())]
    }

    fn text(&mut self) -> Value {
        const WHOLE: &[&[u8]] = &[
            b"",
            b"a",
            b"\xff",
            b"\xe2\x82",
            "é\u{85}\u{feff}".as_bytes(),
            b"1.2.3-",
            b"%",
            b"%4",
            b"{{",
            b"[",
            b"{\"a\":",
            b"\"\\u12",
            b"a: [",
            b"[a",
            b"(",
            b"[z-a]",
            b"\\",
            b"${",
            b"2006-01-02T15",
            b"http://[::1",
            b"-----BEGIN X-----\n-----END X-----",
            b"YQ==",
            b"ME======",
            b"=",
            b"-9223372036854775808",
            b"0x",
            b"1h",
            b"&a *a",
        ];
        let parts = 1 + self.below(3);
        let parts: Vec<&[u8]> = (0..parts).map(|_| self.of(WHOLE)).collect();
        Value::string(parts.concat())
    }

    fn integer(&mut self) -> i64 {
        const NUMBERS: [i64; 10] = [0, 1, -1, 2, 7, 64, -64, 1000, i64::MAX, i64::MIN];
        NUMBERS[self.below(NUMBERS.len())]
    }

    fn float(&mut self) -> f64 {
        const NUMBERS: [f64; 8] = [0.0, -0.0, 0.5, -2.5, 1e300, 5e-324, f64::NAN, f64::INFINITY];
        NUMBERS[self.below(NUMBERS.len())]
    }

    fn value(&mut self, depth: usize) -> Value {
        match self.below(if depth == 0 { 7 } else { 10 }) {
            0 => Value::nil(),
            1 => Value::bool(true),
            2 => Value::int(self.integer()),
            3 => Value::float(self.float()),
            4 => Value::new(Data::Integer(IntegerKind::Uint64, self.integer())),
            5 => Value::new(Data::Bytes(Bytes::from(&[0, 255][..]))),
            6 | 7 => self.text(),
            8 => Value::list(
                (0..self.below(4))
                    .map(|_| self.value(depth - 1))
                    .collect::<Vec<_>>(),
            ),
            _ => self.map(depth - 1),
        }
    }

    fn map(&mut self, depth: usize) -> Value {
        const KEYS: &[&str] = &["", "a", "b", "scheme", "host", "userinfo", "é \n"];
        let entries = (0..self.below(4)).map(|_| (Key::from(self.of(KEYS)), self.value(depth)));
        Value::map(entries.collect::<Vec<_>>())
    }

    /// A value for a parameter, if there is one of its type.
    fn argument(&mut self, ty: Type) -> Option<Value> {
        let value = match ty {
            Type::Bool => Value::bool(self.below(2) == 0),
            Type::Integer(kind) => Value::new(Data::Integer(kind, self.integer())),
            Type::Float => Value::float(self.float()),
            Type::String => self.text(),
            Type::Map(_) => self.map(2),
            Type::Any | Type::Reflected => self.value(3),
            _ => self.value(3),
        };
        convert(value, ty, false).ok()
    }
}

fn call_oddly(odd: &mut Odd, function: &Function) {
    let wanted = function.parameters.iter().copied();
    let extra = odd.below(4);
    let more = function.variadic.into_iter().cycle().take(extra);
    let values: Option<Vec<Value>> = wanted.chain(more).map(|ty| odd.argument(ty)).collect();
    if let Some(values) = values {
        let mut run = Run::new(
            Scope::default(),
            Options {
                bounds: BOUNDS,
                ..Options::default()
            },
        );
        let _ = call(&mut run, function, &Arguments::new(values));
    }
}

#[test]
fn functions_survive_odd_arguments() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/functions/names.txt");
    let names = std::fs::read_to_string(path).expect("the names are there");
    let mut odd = Odd(7);
    for name in names.lines().filter(|line| !line.starts_with('#')) {
        let function = find(name).expect("the function is there");
        for _ in 0..CALLS {
            call_oddly(&mut odd, function);
        }
    }
}
