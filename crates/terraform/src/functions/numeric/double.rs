//! Logarithm and power of doubles to the last bit as Terraform's, which the platform's mathematics are not.

/// The natural logarithm, as FDLIBM and Go compute it.
pub(super) fn natural_logarithm(number: f64) -> f64 {
    const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
    const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    const TERMS: [f64; 7] = [
        6.666_666_666_666_735e-1,
        3.999_999_999_940_942e-1,
        2.857_142_874_366_239e-1,
        2.222_219_843_214_978_4e-1,
        1.818_357_216_161_805e-1,
        1.531_383_769_920_937_3e-1,
        1.479_819_860_511_658_6e-1,
    ];
    if number == 0.0 {
        return f64::NEG_INFINITY;
    }
    if number < 0.0 || !number.is_finite() {
        return if number > 0.0 { number } else { f64::NAN };
    }
    let (mut fraction, mut exponent) = raw_fraction_and_exponent(number);
    if fraction < std::f64::consts::FRAC_1_SQRT_2 {
        fraction *= 2.0;
        exponent -= 1.0;
    }
    let rest = fraction - 1.0;
    let ratio = rest / (2.0 + rest);
    let square = ratio * ratio;
    let fourth = square * square;
    let odd = square * (TERMS[0] + fourth * (TERMS[2] + fourth * (TERMS[4] + fourth * TERMS[6])));
    let even = fourth * (TERMS[1] + fourth * (TERMS[3] + fourth * TERMS[5]));
    let half_square = 0.5 * rest * rest;
    let correction = half_square - (ratio * (half_square + (odd + even)) + exponent * LN_2_LOW);
    exponent * LN_2_HIGH - (correction - rest)
}

/// A fraction from one half to one and a power of two. Like Go's on x86-64, wrong for subnormal numbers.
fn raw_fraction_and_exponent(number: f64) -> (f64, f64) {
    let bits = number.to_bits();
    let fraction = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) | 0x3fe0_0000_0000_0000);
    let exponent = i32::try_from((bits >> 52) & 0x7ff).expect("the exponent has eleven bits");
    (fraction, f64::from(exponent - 0x3fe))
}

/// The exponential, by the series of Shibata (<https://doi.org/10.1007/s00450-010-0108-2>) that Go uses, with fused
/// multiplications.
fn exponential(number: f64) -> f64 {
    const LN_2_HIGH: f64 = 0.693_147_180_559_662_956_511_601_805_686_950_683_593_75;
    const LN_2_LOW: f64 = 0.282_352_905_630_315_771_225_884_481_750_134_360_255_254_120_68e-12;
    const TERMS: [f64; 7] = [
        2.480_158_730_158_73e-5,
        1.984_126_984_126_984e-4,
        1.388_888_888_888_889e-3,
        8.333_333_333_333_333e-3,
        4.166_666_666_666_666_4e-2,
        1.666_666_666_666_666_6e-1,
        0.5,
    ];
    if number > 709.782_712_893_384 {
        return f64::INFINITY;
    }
    let exponent = (number * std::f64::consts::LOG2_E).round_ties_even();
    let reduced = (-exponent).mul_add(LN_2_HIGH, number);
    let reduced = (-exponent).mul_add(LN_2_LOW, reduced) * 0.0625;
    let series = TERMS[1..]
        .iter()
        .fold(TERMS[0], |sum, term| sum.mul_add(reduced, *term));
    let mut result = series.mul_add(reduced, 1.0) * reduced;
    for _ in 0..3 {
        result *= result + 2.0;
    }
    times_power_of_two(result.mul_add(result + 2.0, 1.0), exponent as i64)
}

/// A number to the power of another, as Go computes it: by repeated squaring of the fraction.
pub(super) fn power(base: f64, exponent: f64) -> f64 {
    special_power(base, exponent).unwrap_or_else(|| finite_power(base, exponent))
}

/// Powers that follow from the definition.
fn special_power(base: f64, exponent: f64) -> Option<f64> {
    let odd = exponent % 2.0 != 0.0 && exponent.fract() == 0.0 && exponent.abs() < 2_f64.powi(53);
    let flat = (base.abs() < 1.0) == (exponent > 0.0);
    let huge = exponent.abs() >= 2_f64.powi(63);
    let result = match (base, exponent) {
        (_, 0.0) | (1.0, _) => 1.0,
        (_, 1.0) => base,
        _ if base.is_nan() || exponent.is_nan() => f64::NAN,
        (0.0, _) if exponent < 0.0 && odd => f64::INFINITY.copysign(base),
        (0.0, _) if exponent < 0.0 => f64::INFINITY,
        (0.0, _) if odd => base,
        (0.0, _) => 0.0,
        (-1.0, _) if huge => 1.0,
        (_, f64::INFINITY | f64::NEG_INFINITY) if flat => 0.0,
        (_, f64::INFINITY | f64::NEG_INFINITY) => f64::INFINITY,
        (f64::NEG_INFINITY, _) => return Some(power(1.0 / base, -exponent)),
        (f64::INFINITY, _) if exponent < 0.0 => 0.0,
        (f64::INFINITY, _) => f64::INFINITY,
        (_, 0.5) => base.sqrt(),
        (_, -0.5) => 1.0 / base.sqrt(),
        _ if exponent.fract() != 0.0 && base < 0.0 => f64::NAN,
        _ if huge && flat => 0.0,
        _ if huge => f64::INFINITY,
        _ => return None,
    };
    Some(result)
}

fn finite_power(base: f64, exponent: f64) -> f64 {
    let mut whole = exponent.abs().trunc();
    let mut rest = exponent.abs().fract();
    let mut fraction = 1.0;
    let mut power_of_two = 0_i64;
    if rest > 0.5 {
        rest -= 1.0;
        whole += 1.0;
    }
    if rest != 0.0 {
        fraction = exponential(rest * natural_logarithm(base));
    }
    let (mut square, mut square_power) = fraction_and_exponent(base);
    let mut remaining = whole as u64;
    while remaining != 0 {
        if !(-4096..=4096).contains(&square_power) {
            power_of_two += square_power;
            break;
        }
        if remaining & 1 == 1 {
            fraction *= square;
            power_of_two += square_power;
        }
        square *= square;
        square_power *= 2;
        if square < 0.5 {
            square += square;
            square_power -= 1;
        }
        remaining >>= 1;
    }
    if exponent < 0.0 {
        fraction = 1.0 / fraction;
        power_of_two = -power_of_two;
    }
    times_power_of_two(fraction, power_of_two)
}

/// A fraction whose magnitude is from one half to one, and a power of two.
fn fraction_and_exponent(number: f64) -> (f64, i64) {
    let scale = if number.abs() < f64::MIN_POSITIVE {
        52
    } else {
        0
    };
    let bits = (number * 2_f64.powi(scale)).to_bits();
    let exponent = i64::try_from((bits >> 52) & 0x7ff).expect("the exponent has eleven bits");
    let fraction = f64::from_bits((bits & 0x800f_ffff_ffff_ffff) | 0x3fe0_0000_0000_0000);
    (fraction, exponent - 0x3fe - i64::from(scale))
}

/// Rounds once, also where the result is subnormal.
fn times_power_of_two(number: f64, power: i64) -> f64 {
    if number == 0.0 || !number.is_finite() {
        return number;
    }
    let (fraction, exponent) = fraction_and_exponent(number);
    let exponent = (exponent + power).clamp(-2000, 2000);
    // The first product is exact: the fraction is scaled to what a normal number may be.
    let first = exponent.clamp(-1021, 1023);
    let scaled = fraction * power_of_two(first);
    scaled * power_of_two((exponent - first).clamp(-1021, 1023))
}

fn power_of_two(exponent: i64) -> f64 {
    2_f64.powi(i32::try_from(exponent).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_those_of_go_to_the_last_bit() {
        for (base, exponent, expected) in [
            (2.0, 60.0, 1152921504606846976.0),
            (10.0, -2.0, 0.01),
            (-2.0, 3.0, -8.0),
            (0.0, 0.0, 1.0),
            (0.0, -1.0, f64::INFINITY),
            (1e300, 2.0, f64::INFINITY),
            (2.0, -1074.0, 5e-324),
            (2.0, -1076.0, 0.0),
            (f64::INFINITY, -1.0, 0.0),
            (0.5, f64::INFINITY, 0.0),
        ] {
            assert_eq!(
                power(base, exponent),
                expected,
                "{base} to the power of {exponent}"
            );
        }
        for (base, exponent, power_of, logarithm) in [
            (
                0x4047_26f4_dcb6_eed5,
                0xc008_5b4b_c303_1c1a,
                0x3ee1_cdca_401f_f20b,
                0x400e_ae90_231d_b4f8,
            ),
            (
                0x405f_ac1c_7cbb_2f9c,
                0x4011_745e_aa76_377e,
                0x41d6_53a1_be9c_fbcc,
                0x4013_5df0_57d4_92bc,
            ),
            (
                0x402d_ffc8_c200_3ee2,
                0x3ff5_7542_8057_17fd,
                0x4042_e3f4_d46f_262d_u64,
                0x4005_aa07_7e0c_9578_u64,
            ),
        ] {
            let (base, exponent) = (f64::from_bits(base), f64::from_bits(exponent));
            assert_eq!(
                power(base, exponent).to_bits(),
                power_of,
                "{base} to the power of {exponent}"
            );
            assert_eq!(natural_logarithm(base).to_bits(), logarithm, "{base}");
        }
        assert!(power(-8.0, 1.0 / 3.0).is_nan());
        assert!(natural_logarithm(-1.0).is_nan());
        assert_eq!(natural_logarithm(0.0), f64::NEG_INFINITY);
        assert_eq!(natural_logarithm(1.0), 0.0);
    }
}
