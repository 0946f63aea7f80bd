package io.millrace.runtime.time;

import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Schema;
import io.millrace.runtime.serde.Serializer;
import java.util.Arrays;

/** The keys of a leaf's timers, in their order. Confined to the task, as its leaf. */
abstract class KeyColumn {
    /** Without keys, for those of a serializer. */
    static KeyColumn of(Serializer<Object> keys) {
        Scalar scalar = keys.schema() instanceof Schema.ScalarOf of ? of.type() : null;
        return scalar == Scalar.LONG || scalar == Scalar.INT
                ? new Numbers(scalar == Scalar.LONG, new long[0])
                : new Objects(new int[0], new Object[0]);
    }

    /** Of the same type. */
    abstract KeyColumn empty(int capacity);

    /** With a capacity that is no smaller. */
    abstract KeyColumn copy(int capacity);

    /** The hash of {@code KeyGroups}. */
    abstract int hash(int index);

    abstract Object key(int index);

    abstract boolean isAt(int index, Object key);

    abstract void set(int index, int hash, Object key);

    /** Within this column; the places may overlap. */
    abstract void move(int source, int target, int count);

    /** From another column of the type. */
    abstract void take(KeyColumn other, int source, int target, int count);

    /** Lets keys go that are not there any more. */
    abstract void clear(int from, int to);

    /** Keys that need no object and whose hashes need no place. */
    private static final class Numbers extends KeyColumn {
        private final boolean areLong; // else int
        private final long[] numbers;

        Numbers(boolean areLong, long[] numbers) {
            this.areLong = areLong;
            this.numbers = numbers;
        }

        @Override
        KeyColumn empty(int capacity) {
            return new Numbers(areLong, new long[capacity]);
        }

        @Override
        KeyColumn copy(int capacity) {
            return new Numbers(areLong, Arrays.copyOf(numbers, capacity));
        }

        @Override
        int hash(int index) {
            long number = numbers[index];
            return areLong ? Long.hashCode(number) : (int) number;
        }

        @Override
        Object key(int index) {
            if (areLong) {
                return numbers[index];
            }
            return (int) numbers[index];
        }

        @Override
        boolean isAt(int index, Object key) {
            return numbers[index] == numberOf(key);
        }

        private long numberOf(Object key) {
            return areLong ? (Long) key : (Integer) key;
        }

        @Override
        void set(int index, int hash, Object key) {
            assert hash == KeyGroups.hash(key) : key;
            numbers[index] = numberOf(key);
        }

        @Override
        void move(int source, int target, int count) {
            System.arraycopy(numbers, source, numbers, target, count);
        }

        @Override
        void take(KeyColumn other, int source, int target, int count) {
            System.arraycopy(((Numbers) other).numbers, source, numbers, target, count);
        }

        @Override
        void clear(int from, int to) {
            // Nothing is held.
        }
    }

    private static final class Objects extends KeyColumn {
        private final int[] hashes;
        private final Object[] keys;

        Objects(int[] hashes, Object[] keys) {
            this.hashes = hashes;
            this.keys = keys;
        }

        @Override
        KeyColumn empty(int capacity) {
            return new Objects(new int[capacity], new Object[capacity]);
        }

        @Override
        KeyColumn copy(int capacity) {
            return new Objects(Arrays.copyOf(hashes, capacity), Arrays.copyOf(keys, capacity));
        }

        @Override
        int hash(int index) {
            return hashes[index];
        }

        @Override
        Object key(int index) {
            return keys[index];
        }

        @Override
        boolean isAt(int index, Object key) {
            return keys[index].equals(key);
        }

        @Override
        void set(int index, int hash, Object key) {
            hashes[index] = hash;
            keys[index] = key;
        }

        @Override
        void move(int source, int target, int count) {
            System.arraycopy(hashes, source, hashes, target, count);
            System.arraycopy(keys, source, keys, target, count);
        }

        @Override
        void take(KeyColumn other, int source, int target, int count) {
            System.arraycopy(((Objects) other).hashes, source, hashes, target, count);
            System.arraycopy(((Objects) other).keys, source, keys, target, count);
        }

        @Override
        void clear(int from, int to) {
            Arrays.fill(keys, from, to, null);
        }
    }
}
