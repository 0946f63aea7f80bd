package io.millrace.api.option;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A number of bytes. Immutable. */
public class MemorySize implements Serializable, Comparable<MemorySize> {
    private static final long serialVersionUID = 1L;
    public static final MemorySize ZERO = new MemorySize(0);
    public static final MemorySize MAX_VALUE = new MemorySize(Long.MAX_VALUE);

    private final long bytes;

    /**
     * @param bytes at least 0
     */
    public MemorySize(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is at least 0 bytes, not " + bytes);
        }
        this.bytes = bytes;
    }

    public static MemorySize ofMebiBytes(long mebiBytes) {
        return new MemorySize(Math.multiplyExact(mebiBytes, 1L << 20));
    }

    /** Such as {@code 64 kb}, {@code 512 mb}, {@code 2 gb}; powers of 1024. */
    public static MemorySize parse(String text) {
        return new MemorySize(OptionValues.parseSize(text));
    }

    /**
     * @param defaultUnit of a number without one
     */
    public static MemorySize parse(String text, MemoryUnit defaultUnit) {
        return text.chars().allMatch(c -> Character.isDigit(c) || c == ' ')
                ? parse(text + " " + defaultUnit.getUnits()[0])
                : parse(text);
    }

    /** The number of bytes of a text as {@link #parse} reads it. */
    public static long parseBytes(String text) {
        return parse(text).getBytes();
    }

    public MemorySize add(MemorySize that) {
        return new MemorySize(Math.addExact(bytes, that.bytes));
    }

    /**
     * @param that not more than this
     */
    public MemorySize subtract(MemorySize that) {
        return new MemorySize(Math.subtractExact(bytes, that.bytes));
    }

    /**
     * Rounded down.
     *
     * @param multiplier at least 0
     */
    public MemorySize multiply(double multiplier) {
        if (!(multiplier >= 0)) {
            throw new IllegalArgumentException(
                    "a size is multiplied by at least 0, not by " + multiplier);
        }
        double product = bytes * multiplier;
        if (product > Long.MAX_VALUE) {
            throw new ArithmeticException(this + " times " + multiplier + " is too large");
        }
        return new MemorySize((long) product);
    }

    /**
     * Rounded down.
     *
     * @param by more than 0
     */
    public MemorySize divide(long by) {
        if (by <= 0) {
            throw new IllegalArgumentException("a size is divided by more than 0, not by " + by);
        }
        return new MemorySize(bytes / by);
    }

    /** In the largest unit that keeps three digits before the point, and the exact bytes. */
    public String toHumanReadableString() {
        MemoryUnit unit = MemoryUnit.BYTES;
        for (MemoryUnit each : MemoryUnit.values()) {
            if (bytes >= each.getMultiplier()) {
                unit = each;
            }
        }
        return unit == MemoryUnit.BYTES
                ? bytes + " bytes"
                : String.format(
                        Locale.ROOT,
                        "%.3f%s (%d bytes)",
                        (double) bytes / unit.getMultiplier(),
                        unit.getUnits()[1],
                        bytes);
    }

    /** The units that sizes are written in; powers of 1024. */
    public enum MemoryUnit {
        BYTES(0, "b", "bytes"),
        KILO_BYTES(10, "k", "kb", "kibibytes"),
        MEGA_BYTES(20, "m", "mb", "mebibytes"),
        GIGA_BYTES(30, "g", "gb", "gibibytes"),
        TERA_BYTES(40, "t", "tb", "tebibytes");

        private final int shift;
        private final String[] units;

        MemoryUnit(int shift, String... units) {
            this.shift = shift;
            this.units = units;
        }

        /** The ways to write it, shortest first; a copy. */
        public String[] getUnits() {
            return units.clone();
        }

        /** Bytes. */
        public long getMultiplier() {
            return 1L << shift;
        }

        /** All ways to write any unit, for messages. */
        public static String getAllUnits() {
            return Arrays.stream(values())
                    .map(unit -> "(" + String.join(" | ", unit.units) + ")")
                    .collect(Collectors.joining(" / "));
        }

        /** Whether the text is a number with a unit. */
        public static boolean hasUnit(String text) {
            String trimmed = text.trim();
            return !trimmed.isEmpty() && !Character.isDigit(trimmed.charAt(trimmed.length() - 1));
        }
    }

    public long getBytes() {
        return bytes;
    }

    public long getKibiBytes() {
        return bytes >> 10;
    }

    public int getMebiBytes() {
        return (int) (bytes >> 20);
    }

    public long getGibiBytes() {
        return bytes >> 30;
    }

    public long getTebiBytes() {
        return bytes >> 40;
    }

    @Override
    public int compareTo(MemorySize other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemorySize that && bytes == that.bytes;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(bytes);
    }

    @Override
    public String toString() {
        return OptionValues.printSize(bytes);
    }
}
