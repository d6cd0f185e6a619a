package org.fovea.core;

/**
 * Checks of arguments with one form of error: {@code Class: field must be …, got value}.
 *
 * <p>{@code what} is always the class and the field, such as {@code Mlp: hidden}. NaN passes no check.
 */
public final class Check {
    private Check() {}

    /**
     * Checks a rule.
     *
     * @param rule that the value must satisfy, such as {@code divide the width}
     * @throws IllegalArgumentException when it does not hold
     */
    public static void that(boolean holds, String what, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(what + " must " + rule + ", got " + value);
        }
    }

    /**
     * Checks that a size or count is at least 1.
     *
     * @throws IllegalArgumentException when it is less than 1
     */
    public static void positive(String what, long value) {
        atLeast(1, what, value);
    }

    /**
     * Checks that a real number is positive and finite.
     *
     * @throws IllegalArgumentException when it is not above 0 or not finite
     */
    public static void positive(String what, double value) {
        that(value > 0 && value <= Double.MAX_VALUE, what, "be finite and above 0", value);
    }

    /**
     * Checks that a real number is not negative and finite.
     *
     * @throws IllegalArgumentException when it is below 0 or not finite
     */
    public static void notNegative(String what, double value) {
        that(value >= 0 && value <= Double.MAX_VALUE, what, "be finite and at least 0", value);
    }

    /**
     * Checks that an integer is at least {@code least}.
     *
     * @throws IllegalArgumentException when it is less than {@code least}
     */
    public static void atLeast(long least, String what, long value) {
        that(value >= least, what, "be at least " + least, value);
    }

    /**
     * Checks that an integer is from {@code least} to {@code most}.
     *
     * @throws IllegalArgumentException when it lies outside {@code [least, most]}
     */
    public static void within(long least, long most, String what, long value) {
        that(value >= least && value <= most, what, "lie in [" + least + ", " + most + "]", value);
    }

    /**
     * Checks a fraction from 0, less than 1, such as a dropout rate.
     *
     * @throws IllegalArgumentException when it lies outside [0, 1)
     */
    public static void share(String what, double value) {
        that(value >= 0 && value < 1, what, "be at least 0 and below 1", value);
    }

    /**
     * Checks that a number is a probability.
     *
     * @throws IllegalArgumentException when it lies outside [0, 1]
     */
    public static void probability(String what, double value) {
        that(value >= 0 && value <= 1, what, "lie in [0, 1]", value);
    }

    /**
     * Checks a range of positive numbers.
     *
     * @throws IllegalArgumentException unless {@code 0 < least <= most} and the most is finite
     */
    public static void range(String what, double least, double most) {
        that(
                least > 0 && most >= least && most <= Double.MAX_VALUE,
                what,
                "be a range of positive numbers, the least first",
                least + " to " + most);
    }
}
