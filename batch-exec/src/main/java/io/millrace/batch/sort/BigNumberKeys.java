package io.millrace.batch.sort;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Orders of numbers without limit. Immutable. */
final class BigNumberKeys {
    private BigNumberKeys() {}

    /**
     * The number of bytes, inverted where the number is negative, then the two's complement.
     *
     * <pre>
     * key   := byte 128 + length, bytes          if length < 100 and the number is not negative
     *        | byte 228, int length, bytes       if it is longer
     *        | the same with the byte 127 - length or 27 and the inverted length if it is negative
     * </pre>
     */
    static final class Integers extends KeyNormalizer<BigInteger> {
        private static final int LONG = 100;

        @Override
        public void write(BigInteger key, KeyWriter out) {
            byte[] bytes = key.toByteArray();
            boolean negative = key.signum() < 0;
            int header = Math.min(bytes.length, LONG);
            out.putByte(negative ? 127 - header : 128 + header);
            if (header == LONG) {
                out.putInt(negative ? ~bytes.length : bytes.length);
            }
            for (byte one : bytes) {
                out.putByte(one);
            }
        }

        @Override
        public boolean exact() {
            return true;
        }

        @Override
        public int maxBytes() {
            return UNLIMITED;
        }

        @Override
        public int compare(BigInteger one, BigInteger other) {
            return one.compareTo(other);
        }
    }

    /** The nearest double, which never contradicts but often does not decide. */
    static final class Decimals extends KeyNormalizer<BigDecimal> {
        @Override
        public void write(BigDecimal key, KeyWriter out) {
            out.putLong(ScalarKeys.ordered(key.doubleValue()));
            out.stop();
        }

        @Override
        public boolean exact() {
            return false;
        }

        @Override
        public int maxBytes() {
            return Double.BYTES;
        }

        @Override
        public int compare(BigDecimal one, BigDecimal other) {
            return one.compareTo(other);
        }
    }
}
