package io.millrace.batch.sort;

import java.util.Comparator;

/**
 * The order of the keys of one type, also as bytes. Never null, but for {@link #nullsFirst}.
 * Immutable unless a subclass says otherwise.
 *
 * <p>What {@link #write} appends must hold: the unsigned order of the bytes never contradicts
 * {@link #compare}; keys of the same bytes are equal, or it has called {@link KeyWriter#stop}; and
 * the bytes of one key are never the beginning of those of another, so that fields may follow each
 * other.
 *
 * @param <K> the keys
 */
public abstract class KeyNormalizer<K> implements Comparator<K> {
    /** {@link #maxBytes} where there is no limit. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** Appends a key. */
    public abstract void write(K key, KeyWriter out);

    /** Whether keys of the same bytes are always equal, if none is cut off. */
    public abstract boolean exact();

    /** Bytes of the longest key, or {@link #UNLIMITED}. */
    public abstract int maxBytes();

    /** Whether the first eight bytes of two keys always decide. */
    public final boolean decidesByPrefix() {
        return exact() && maxBytes() <= KeyWriter.PREFIX_BYTES;
    }

    /** The opposite order. */
    public final KeyNormalizer<K> descending() {
        return new Descending<>(this);
    }

    /** The same order with null before all other keys. */
    public KeyNormalizer<K> nullsFirst() {
        return new NullsFirst<>(this);
    }

    private static final class Descending<K> extends KeyNormalizer<K> {
        private final KeyNormalizer<K> ascending;

        Descending(KeyNormalizer<K> ascending) {
            this.ascending = ascending;
        }

        @Override
        public void write(K key, KeyWriter out) {
            int mark = out.mark();
            ascending.write(key, out);
            out.invert(mark);
        }

        @Override
        public boolean exact() {
            return ascending.exact();
        }

        @Override
        public int maxBytes() {
            return ascending.maxBytes();
        }

        @Override
        public int compare(K one, K other) {
            return ascending.compare(other, one);
        }
    }

    /** A byte in front: 0 for null, 1 for a key. */
    private static final class NullsFirst<K> extends KeyNormalizer<K> {
        private final KeyNormalizer<K> present;

        NullsFirst(KeyNormalizer<K> present) {
            this.present = present;
        }

        @Override
        public void write(K key, KeyWriter out) {
            out.putByte(key == null ? 0 : 1);
            if (key != null) {
                present.write(key, out);
            }
        }

        @Override
        public boolean exact() {
            return present.exact();
        }

        @Override
        public int maxBytes() {
            return present.maxBytes() == UNLIMITED ? UNLIMITED : present.maxBytes() + 1;
        }

        @Override
        public int compare(K one, K other) {
            if (one == null || other == null) {
                return one == other ? 0 : one == null ? -1 : 1;
            }
            return present.compare(one, other);
        }
    }
}
