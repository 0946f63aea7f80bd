package io.millrace.connector.parquet.write;

import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.ColumnOrder;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Least and greatest value of a page by the order of its column. What parquet-java finds by asking
 * for each value is found in loops over arrays; it is then told two values. Stateless.
 */
final class PageStatistics {
    /** How values of a column are compared. */
    enum Order {
        SIGNED,
        UNSIGNED,
        FLOATING,
        BOOLEAN,
        /** Unsigned bytes from the first on. */
        LEXICOGRAPHIC,
        /** Each value is given to parquet-java, which knows. */
        OTHER
    }

    private static final int INFINITE_FLOAT = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);
    private static final long INFINITE_DOUBLE =
            Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);

    private PageStatistics() {}

    static Order orderOf(PrimitiveType type) {
        PrimitiveTypeName name = type.getPrimitiveTypeName();
        boolean floating = name == PrimitiveTypeName.FLOAT || name == PrimitiveTypeName.DOUBLE;
        ColumnOrder.ColumnOrderName order = type.columnOrder().getColumnOrderName();
        if (order != ColumnOrder.ColumnOrderName.TYPE_DEFINED_ORDER
                && !(floating && order == ColumnOrder.ColumnOrderName.IEEE_754_TOTAL_ORDER)) {
            return Order.OTHER;
        }
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        return switch (name) {
            case INT32, INT64 ->
                    logical instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation number
                                    && !number.isSigned()
                            ? Order.UNSIGNED
                            : Order.SIGNED;
            case FLOAT, DOUBLE -> Order.FLOATING;
            case BOOLEAN -> Order.BOOLEAN;
            case BINARY, FIXED_LEN_BYTE_ARRAY ->
                    logical == null
                                    || logical
                                            instanceof
                                            LogicalTypeAnnotation.StringLogicalTypeAnnotation
                                    || logical
                                            instanceof
                                            LogicalTypeAnnotation.EnumLogicalTypeAnnotation
                                    || logical
                                            instanceof
                                            LogicalTypeAnnotation.UUIDLogicalTypeAnnotation
                            ? Order.LEXICOGRAPHIC
                            : Order.OTHER;
            case INT96 -> Order.OTHER;
        };
    }

    static Statistics<?> of(PageValues values, Order order, int nulls) {
        Statistics<?> statistics = Statistics.createStats(values.type);
        statistics.incrementNumNulls(nulls);
        if (values.count > 0) {
            switch (order) {
                case SIGNED -> addIntegers(values, 0, 0, statistics);
                case UNSIGNED -> addIntegers(values, Integer.MIN_VALUE, Long.MIN_VALUE, statistics);
                case FLOATING -> addFloating(values, statistics);
                case BOOLEAN -> addBooleans(values, statistics);
                case LEXICOGRAPHIC -> addBytes(values, statistics);
                case OTHER -> addEach(values, statistics);
            }
        }
        return statistics;
    }

    /**
     * @param intFlip, longFlip what makes an unsigned order of a signed one
     */
    private static void addIntegers(
            PageValues values, int intFlip, long longFlip, Statistics<?> statistics) {
        int count = values.count;
        if (values.kind == PageValues.Kind.INTS) {
            int[] ints = values.ints;
            int least = Integer.MAX_VALUE;
            int greatest = Integer.MIN_VALUE;
            for (int i = 0; i < count; i++) {
                int value = ints[i] ^ intFlip;
                least = Math.min(least, value);
                greatest = Math.max(greatest, value);
            }
            statistics.updateStats(least ^ intFlip);
            statistics.updateStats(greatest ^ intFlip);
        } else {
            long[] longs = values.longs;
            long least = Long.MAX_VALUE;
            long greatest = Long.MIN_VALUE;
            for (int i = 0; i < count; i++) {
                long value = longs[i] ^ longFlip;
                least = Math.min(least, value);
                greatest = Math.max(greatest, value);
            }
            statistics.updateStats(least ^ longFlip);
            statistics.updateStats(greatest ^ longFlip);
        }
    }

    /**
     * Numbers by the total order, which tells zeros apart and which parquet-java narrows where the
     * column's order is the older one. Of what is not a number nothing is known but how many there
     * are, unless there is nothing else.
     */
    private static void addFloating(PageValues values, Statistics<?> statistics) {
        int numbers =
                values.kind == PageValues.Kind.INTS
                        ? addFloats(values.ints, values.count, statistics)
                        : addDoubles(values.longs, values.count, statistics);
        if (numbers == 0) {
            addEach(values, statistics);
        } else if (numbers < values.count) {
            statistics.incrementNanCount(values.count - numbers);
        }
    }

    /** Gives how many are numbers. */
    private static int addFloats(int[] bits, int count, Statistics<?> statistics) {
        int least = Integer.MAX_VALUE;
        int greatest = Integer.MIN_VALUE;
        int numbers = 0;
        for (int i = 0; i < count; i++) {
            int value = bits[i];
            if ((value & Integer.MAX_VALUE) <= INFINITE_FLOAT) {
                numbers++;
                int ordered = ordered(value);
                least = Math.min(least, ordered);
                greatest = Math.max(greatest, ordered);
            }
        }
        if (numbers > 0) {
            statistics.updateStats(Float.intBitsToFloat(ordered(least)));
            statistics.updateStats(Float.intBitsToFloat(ordered(greatest)));
        }
        return numbers;
    }

    private static int addDoubles(long[] bits, int count, Statistics<?> statistics) {
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        int numbers = 0;
        for (int i = 0; i < count; i++) {
            long value = bits[i];
            if ((value & Long.MAX_VALUE) <= INFINITE_DOUBLE) {
                numbers++;
                long ordered = ordered(value);
                least = Math.min(least, ordered);
                greatest = Math.max(greatest, ordered);
            }
        }
        if (numbers > 0) {
            statistics.updateStats(Double.longBitsToDouble(ordered(least)));
            statistics.updateStats(Double.longBitsToDouble(ordered(greatest)));
        }
        return numbers;
    }

    /** Bits whose order as an integer is that of the number, and the other way round. */
    private static int ordered(int bits) {
        return bits ^ bits >> 31 & Integer.MAX_VALUE;
    }

    private static long ordered(long bits) {
        return bits ^ bits >> 63 & Long.MAX_VALUE;
    }

    private static void addBooleans(PageValues values, Statistics<?> statistics) {
        int trues = 0;
        for (int i = 0; i < values.count; i++) {
            trues += values.truths[i];
        }
        statistics.updateStats(trues == values.count);
        statistics.updateStats(trues > 0);
    }

    private static void addBytes(PageValues values, Statistics<?> statistics) {
        BytesRange range = new BytesRange(values.bytes.bytes);
        int at = 0;
        for (int i = 0; i < values.count; i++) {
            int length = values.fixedBytes;
            if (length == 0) {
                length = PageBytes.intAt(values.bytes.bytes, at);
                at += Integer.BYTES;
            }
            range.add(at, length);
            at += length;
        }
        statistics.updateStats(range.least());
        statistics.updateStats(range.greatest());
    }

    private static void addEach(PageValues values, Statistics<?> statistics) {
        byte[] bytes = values.bytes.bytes;
        int at = 0;
        for (int i = 0; i < values.count; i++) {
            switch (values.type.getPrimitiveTypeName()) {
                case INT32 -> statistics.updateStats(values.ints[i]);
                case INT64 -> statistics.updateStats(values.longs[i]);
                case FLOAT -> statistics.updateStats(Float.intBitsToFloat(values.ints[i]));
                case DOUBLE -> statistics.updateStats(Double.longBitsToDouble(values.longs[i]));
                case BOOLEAN -> statistics.updateStats(values.truths[i] != 0);
                case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> {
                    int length = values.fixedBytes;
                    if (length == 0) {
                        length = PageBytes.intAt(bytes, at);
                        at += Integer.BYTES;
                    }
                    statistics.updateStats(Binary.fromReusedByteArray(bytes, at, length));
                    at += length;
                }
            }
        }
    }
}
