package io.millrace.connector.datagen.function;

import io.millrace.api.checkpoint.FunctionInitializationContext;
import io.millrace.api.function.RuntimeContext;
import java.lang.reflect.Array;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes random values, without end. Ranges include both their ends. Confined to its source. */
public abstract class RandomGenerator<T> implements DataGenerator<T> {
    private static final long serialVersionUID = 1L;
    private static final String HEX = "0123456789abcdef";

    /** Set by {@link #open}. */
    protected transient SplittableRandom random;

    /** From 0 to 1: so many values are null. */
    protected float nullRate;

    /** Whether the length of text, arrays and maps is random too, from 1 to what was given. */
    protected boolean varLen;

    @Override
    public void open(
            String name, FunctionInitializationContext context, RuntimeContext runtimeContext)
            throws Exception {
        this.random = new SplittableRandom();
    }

    /**
     * @param nullRate from 0 to 1
     */
    public RandomGenerator<T> withNullRate(float nullRate) {
        if (!(nullRate >= 0 && nullRate <= 1)) {
            throw new IllegalArgumentException(
                    "The share of nulls is from 0 to 1, not " + nullRate + ".");
        }
        this.nullRate = nullRate;
        return this;
    }

    public RandomGenerator<T> withVarLen(boolean varLen) {
        this.varLen = varLen;
        return this;
    }

    /** Null, or what the supplier gives, by {@link #nullRate}. */
    protected T nextWithNullRate(Supplier<T> supplier) {
        return nullRate > 0 && random.nextDouble() < nullRate ? null : supplier.get();
    }

    /** How long a value of that length is. */
    final int length(int given) {
        return varLen ? random.nextInt(1, given + 1) : given;
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    /** Makes values by what a function draws. */
    private static <T> RandomGenerator<T> drawn(Draw<T> draw) {
        return new RandomGenerator<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public T next() {
                return nextWithNullRate(() -> draw.apply(this));
            }
        };
    }

    /** Draws one value. */
    private interface Draw<T> extends Function<RandomGenerator<T>, T>, java.io.Serializable {}

    private static void requireRange(double min, double max) {
        if (!(min <= max)) {
            throw new IllegalArgumentException(
                    "A range ends where it begins or later, not from " + min + " to " + max + ".");
        }
    }

    private long whole(long min, long max) {
        return max == Long.MAX_VALUE
                ? min == Long.MIN_VALUE ? random.nextLong() : random.nextLong(min - 1, max) + 1
                : random.nextLong(min, max + 1);
    }

    private double floating(double min, double max) {
        return min == max ? min : min + random.nextDouble() * (max - min);
    }

    public static RandomGenerator<Long> longGenerator(long min, long max) {
        requireRange(min, max);
        return drawn(generator -> generator.whole(min, max));
    }

    public static RandomGenerator<Integer> intGenerator(int min, int max) {
        requireRange(min, max);
        return drawn(generator -> (int) generator.whole(min, max));
    }

    public static RandomGenerator<Short> shortGenerator(short min, short max) {
        requireRange(min, max);
        return drawn(generator -> (short) generator.whole(min, max));
    }

    public static RandomGenerator<Byte> byteGenerator(byte min, byte max) {
        requireRange(min, max);
        return drawn(generator -> (byte) generator.whole(min, max));
    }

    public static RandomGenerator<Float> floatGenerator(float min, float max) {
        requireRange(min, max);
        return drawn(generator -> (float) generator.floating(min, max));
    }

    public static RandomGenerator<Double> doubleGenerator(double min, double max) {
        requireRange(min, max);
        return drawn(generator -> generator.floating(min, max));
    }

    /**
     * Text of hexadecimal digits.
     *
     * @param len letters, at least 1
     */
    public static RandomGenerator<String> stringGenerator(int len) {
        requireLength(len);
        return drawn(
                generator -> {
                    char[] chars = new char[generator.length(len)];
                    for (int i = 0; i < chars.length; i++) {
                        chars[i] = HEX.charAt(generator.random.nextInt(HEX.length()));
                    }
                    return new String(chars);
                });
    }

    private static void requireLength(int len) {
        if (len < 1) {
            throw new IllegalArgumentException("The length is at least 1, not " + len + ".");
        }
    }

    public static RandomGenerator<Boolean> booleanGenerator() {
        return drawn(generator -> generator.random.nextBoolean());
    }

    /**
     * @param len elements, at least 1
     */
    public static <T> RandomGenerator<T[]> arrayGenerator(DataGenerator<T> generator, int len) {
        requireLength(len);
        return new RandomGenerator<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public void open(
                    String name,
                    FunctionInitializationContext context,
                    RuntimeContext runtimeContext)
                    throws Exception {
                super.open(name, context, runtimeContext);
                generator.open(name, context, runtimeContext);
            }

            @Override
            public T[] next() {
                return nextWithNullRate(this::array);
            }

            @SuppressWarnings("unchecked") // of the class of the first element
            private T[] array() {
                int length = length(len);
                Object[] elements = new Object[length];
                Class<?> common = null;
                for (int i = 0; i < length; i++) {
                    elements[i] = generator.next();
                    common = elements[i] == null ? common : elements[i].getClass();
                }
                Object array = Array.newInstance(common == null ? Object.class : common, length);
                System.arraycopy(elements, 0, array, 0, length);
                return (T[]) array;
            }
        };
    }

    /**
     * @param len entries, at least 1; fewer where a key comes twice
     */
    public static <K, V> RandomGenerator<Map<K, V>> mapGenerator(
            DataGenerator<K> key, DataGenerator<V> value, int len) {
        requireLength(len);
        return new RandomGenerator<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public void open(
                    String name,
                    FunctionInitializationContext context,
                    RuntimeContext runtimeContext)
                    throws Exception {
                super.open(name, context, runtimeContext);
                key.open(name + ".key", context, runtimeContext);
                value.open(name + ".value", context, runtimeContext);
            }

            @Override
            public Map<K, V> next() {
                return nextWithNullRate(
                        () -> {
                            Map<K, V> map = new HashMap<>();
                            int entries = length(len);
                            for (int i = 0; i < entries; i++) {
                                map.put(key.next(), value.next());
                            }
                            return map;
                        });
            }
        };
    }
}
