package io.millrace.api.option;

import java.io.Serializable;

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
