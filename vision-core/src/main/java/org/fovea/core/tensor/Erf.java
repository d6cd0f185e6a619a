package org.fovea.core.tensor;

/**
 * The error function in double precision, to about one unit in the last place.
 *
 * @see <a href="https://doi.org/10.1090/S0025-5718-1969-0247736-4">Cody 1969, Rational Chebyshev approximations for the
 *     error function, tables II to IV</a>
 */
final class Erf {
    private static final double SMALL = 0.46875;
    private static final double INVERSE_SQRT_PI = 0.56418958354775628695;
    private static final double UNDERFLOW = 26.55;

    private static final double[] SMALL_TOP = {
        1.85777706184603153e-1,
        3.16112374387056560e0,
        1.13864154151050156e2,
        3.77485237685302021e2,
        3.20937758913846947e3
    };
    private static final double[] SMALL_BOTTOM = {
        1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3
    };
    private static final double[] MIDDLE_TOP = {
        2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594e0, 6.61191906371416295e1,
        2.98635138197400131e2, 8.81952221241769090e2, 1.71204761263407058e3, 2.05107837782607147e3,
        1.23033935479799725e3
    };
    private static final double[] MIDDLE_BOTTOM = {
        1,
        1.57449261107098347e1,
        1.17693950891312499e2,
        5.37181101862009858e2,
        1.62138957456669019e3,
        3.29079923573345963e3,
        4.36261909014324716e3,
        3.43936767414372164e3,
        1.23033935480374942e3
    };
    private static final double[] LARGE_TOP = {
        1.63153871373020978e-2,
        3.05326634961232344e-1,
        3.60344899949804439e-1,
        1.25781726111229246e-1,
        1.60837851487422766e-2,
        6.58749161529837803e-4
    };
    private static final double[] LARGE_BOTTOM = {
        1,
        2.56852019228982242e0,
        1.87295284992346725e0,
        5.27905102951428412e-1,
        6.05183413124413191e-2,
        2.33520497626869185e-3
    };

    private Erf() {}

    /** Error function, 2/√π ∫₀ˣ e^-t² dt; NaN for NaN. */
    static double erf(double x) {
        if (Math.abs(x) <= SMALL) {
            double square = x * x;
            return x * polynomial(SMALL_TOP, square) / polynomial(SMALL_BOTTOM, square);
        }
        return Math.copySign(1 - complement(Math.abs(x)), x);
    }

    /** Complement 1 - erf(t), for t above {@link #SMALL}. */
    private static double complement(double t) {
        if (t > UNDERFLOW) {
            return 0;
        }
        if (t <= 4) {
            return minusSquareExp(t) * polynomial(MIDDLE_TOP, t) / polynomial(MIDDLE_BOTTOM, t);
        }
        double r = 1 / (t * t);
        double correction = r * polynomial(LARGE_TOP, r) / polynomial(LARGE_BOTTOM, r);
        return minusSquareExp(t) * (INVERSE_SQRT_PI - correction) / t;
    }

    /** Computes e^-t², with t split so that the rounding of t² does not matter. */
    private static double minusSquareExp(double t) {
        double head = Math.floor(t * 16) / 16;
        return Math.exp(-head * head) * Math.exp(-(t - head) * (t + head));
    }

    private static double polynomial(double[] coefficients, double x) {
        double y = coefficients[0];
        for (int i = 1; i < coefficients.length; i++) {
            y = y * x + coefficients[i];
        }
        return y;
    }
}
