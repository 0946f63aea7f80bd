package io.millrace.connector.parquet.write;

import java.util.Arrays;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.ColumnOrder;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

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

    private PageStatistics() {}

    static Order orderOf(PrimitiveType type) {
        if (type.columnOrder().getColumnOrderName()
                != ColumnOrder.ColumnOrderName.TYPE_DEFINED_ORDER) {
            return Order.OTHER;
        }
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        return switch (type.getPrimitiveTypeName()) {
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

    /** What is not a number is only counted. */
    private static void addFloating(PageValues values, Statistics<?> statistics) {
        if (values.kind == PageValues.Kind.INTS) {
            addFloats(values.ints, values.count, statistics);
        } else {
            addDoubles(values.longs, values.count, statistics);
        }
    }

    private static void addFloats(int[] bits, int count, Statistics<?> statistics) {
        float least = Float.POSITIVE_INFINITY;
        float greatest = Float.NEGATIVE_INFINITY;
        int numbers = 0;
        for (int i = 0; i < count; i++) {
            float value = Float.intBitsToFloat(bits[i]);
            if (value == value) {
                numbers++;
                // Not Math.min: which zero it is does not matter to parquet-java.
                least = value < least ? value : least;
                greatest = value > greatest ? value : greatest;
            }
        }
        if (numbers > 0) {
            statistics.updateStats(least);
            statistics.updateStats(greatest);
        }
        if (numbers < count) {
            statistics.incrementNanCount(count - numbers);
        }
    }

    private static void addDoubles(long[] bits, int count, Statistics<?> statistics) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        int numbers = 0;
        for (int i = 0; i < count; i++) {
            double value = Double.longBitsToDouble(bits[i]);
            if (value == value) {
                numbers++;
                least = value < least ? value : least;
                greatest = value > greatest ? value : greatest;
            }
        }
        if (numbers > 0) {
            statistics.updateStats(least);
            statistics.updateStats(greatest);
        }
        if (numbers < count) {
            statistics.incrementNanCount(count - numbers);
        }
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
        byte[] bytes = values.bytes.bytes;
        int least = 0;
        int leastLength = -1;
        int greatest = 0;
        int greatestLength = -1;
        int at = 0;
        for (int i = 0; i < values.count; i++) {
            int length = values.fixedBytes;
            if (length == 0) {
                length = PageBytes.intAt(bytes, at);
                at += Integer.BYTES;
            }
            if (leastLength < 0
                    || Arrays.compareUnsigned(
                                    bytes, at, at + length, bytes, least, least + leastLength)
                            < 0) {
                least = at;
                leastLength = length;
            }
            if (greatestLength < 0
                    || Arrays.compareUnsigned(
                                    bytes,
                                    at,
                                    at + length,
                                    bytes,
                                    greatest,
                                    greatest + greatestLength)
                            > 0) {
                greatest = at;
                greatestLength = length;
            }
            at += length;
        }
        statistics.updateStats(Binary.fromReusedByteArray(bytes, least, leastLength));
        statistics.updateStats(Binary.fromReusedByteArray(bytes, greatest, greatestLength));
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
