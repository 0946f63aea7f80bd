package io.millrace.connector.json;

/**
 * Decimal numbers that are one division of two exact numbers, and therefore rounded as they must
 * be. Pure.
 */
final class ExactNumbers {
    private static final double[] TENS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22
    };

    private static final float[] FLOAT_TENS = {
        1e0f, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f, 1e10f
    };

    private ExactNumbers() {}

    /**
     * @param digits of the number, without its point
     * @param fraction so many of them are behind the point; not more than 0 if there is none
     */
    static boolean isDouble(long digits, int fraction) {
        return digits < 1L << 53 && fraction < TENS.length;
    }

    static double doubleOf(long digits, int fraction) {
        return digits / TENS[Math.max(0, fraction)];
    }

    static boolean isFloat(long digits, int fraction) {
        return digits < 1L << 24 && fraction < FLOAT_TENS.length;
    }

    static float floatOf(long digits, int fraction) {
        return (float) digits / FLOAT_TENS[Math.max(0, fraction)];
    }
}
