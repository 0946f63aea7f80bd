package io.millrace.runtime.serde;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The changes of a scalar's type that lose nothing: a number becomes a wider one. Pure. */
final class Widening {
    private static final Map<Scalar, Map<Scalar, UnaryOperator<Object>>> ALL = all();

    private Widening() {}

    /** How a value of the one type becomes one of the other; null if it cannot. */
    static UnaryOperator<Object> of(Scalar from, Scalar to) {
        return from == to ? UnaryOperator.identity() : ALL.getOrDefault(from, Map.of()).get(to);
    }

    private static Map<Scalar, Map<Scalar, UnaryOperator<Object>>> all() {
        Map<Scalar, Map<Scalar, UnaryOperator<Object>>> all = new EnumMap<>(Scalar.class);
        whole(all, Scalar.BYTE, Scalar.SHORT, Scalar.INT, Scalar.LONG, Scalar.FLOAT, Scalar.DOUBLE);
        whole(all, Scalar.SHORT, Scalar.INT, Scalar.LONG, Scalar.FLOAT, Scalar.DOUBLE);
        whole(all, Scalar.INT, Scalar.LONG, Scalar.DOUBLE);
        whole(all, Scalar.LONG);
        for (Scalar from : new Scalar[] {Scalar.BYTE, Scalar.SHORT, Scalar.INT, Scalar.LONG}) {
            put(all, from, Scalar.BIG_INTEGER, v -> BigInteger.valueOf(((Number) v).longValue()));
            put(all, from, Scalar.BIG_DECIMAL, v -> BigDecimal.valueOf(((Number) v).longValue()));
        }
        put(all, Scalar.CHAR, Scalar.INT, v -> (int) (char) v);
        put(all, Scalar.CHAR, Scalar.LONG, v -> (long) (char) v);
        put(all, Scalar.FLOAT, Scalar.DOUBLE, v -> (double) (float) v);
        put(all, Scalar.BIG_INTEGER, Scalar.BIG_DECIMAL, v -> new BigDecimal((BigInteger) v));
        put(
                all,
                Scalar.SQL_DATE,
                Scalar.DATE,
                v -> new java.util.Date(((java.util.Date) v).getTime()));
        return all;
    }

    private static void whole(
            Map<Scalar, Map<Scalar, UnaryOperator<Object>>> all, Scalar from, Scalar... wider) {
        for (Scalar to : wider) {
            UnaryOperator<Object> change =
                    switch (to) {
                        case SHORT -> v -> ((Number) v).shortValue();
                        case INT -> v -> ((Number) v).intValue();
                        case LONG -> v -> ((Number) v).longValue();
                        case FLOAT -> v -> ((Number) v).floatValue();
                        default -> v -> ((Number) v).doubleValue();
                    };
            put(all, from, to, change);
        }
    }

    private static void put(
            Map<Scalar, Map<Scalar, UnaryOperator<Object>>> all,
            Scalar from,
            Scalar to,
            UnaryOperator<Object> change) {
        all.computeIfAbsent(from, key -> new EnumMap<>(Scalar.class)).put(to, change);
    }
}
