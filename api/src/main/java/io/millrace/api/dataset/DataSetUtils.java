package io.millrace.api.dataset;

import io.millrace.api.function.Collector;
import io.millrace.api.function.RichMapPartitionFunction;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;

/**
 * Numbers for records.
 *
 * @deprecated programs of data sets are a thing of the past
 */
@Deprecated
public final class DataSetUtils {
    private DataSetUtils() {}

    /** How many records each subtask has, by its number from 0. */
    public static <T> DataSet<Tuple2<Integer, Long>> countElementsPerPartition(DataSet<T> input) {
        return input.mapPartition(new CountPartition<T>())
                .returns(Types.TUPLE(Types.INT, Types.LONG));
    }

    /**
     * Numbers all records from 0 on without a gap, in one task; the records of one subtask in their
     * order.
     */
    public static <T> DataSet<Tuple2<Long, T>> zipWithIndex(DataSet<T> input) {
        return numbered(input.onePartition(new Number<T>()), input.getType());
    }

    /** Gives each record a number of its own, in all subtasks at once and with gaps. */
    public static <T> DataSet<Tuple2<Long, T>> zipWithUniqueId(DataSet<T> input) {
        return numbered(input.mapPartition(new Number<T>()), input.getType());
    }

    /**
     * @param type null if it is to be found from the records
     */
    private static <T> DataSet<Tuple2<Long, T>> numbered(
            MapPartitionOperator<T, Tuple2<Long, T>> records, TypeInformation<T> type) {
        records.name("Number");
        return type == null ? records : records.returns(Types.TUPLE(Types.LONG, type));
    }

    /** The bits that a number needs: 0 for 0, 1 for 1, 2 for 2 and 3. */
    public static int getBitSize(long value) {
        return Long.SIZE - Long.numberOfLeadingZeros(value);
    }

    private static final class CountPartition<T>
            extends RichMapPartitionFunction<T, Tuple2<Integer, Long>> {
        private static final long serialVersionUID = 1L;

        @Override
        public void mapPartition(Iterable<T> values, Collector<Tuple2<Integer, Long>> out) {
            long count = 0;
            for (T ignored : values) {
                count++;
            }
            out.collect(
                    Tuple2.of(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(), count));
        }
    }

    /** The low bits of a number are the subtask's, those above are counted. */
    private static final class Number<T> extends RichMapPartitionFunction<T, Tuple2<Long, T>> {
        private static final long serialVersionUID = 1L;

        @Override
        public void mapPartition(Iterable<T> values, Collector<Tuple2<Long, T>> out) {
            int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
            int last = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks() - 1;
            int bits = getBitSize(last);
            long count = 0;
            for (T value : values) {
                out.collect(Tuple2.of((count << bits) + subtask, value));
                count++;
            }
        }
    }
}
