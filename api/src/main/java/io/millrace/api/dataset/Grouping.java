package io.millrace.api.dataset;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.GroupReduceFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.MapPartitionFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.function.RichWrapper;
import io.millrace.api.stream.PartitionWindowedStream;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;
import java.util.Iterator;

/** The functions by which data sets are grouped, and groups taken together. */
final class Grouping {
    private Grouping() {}

    /**
     * @param groups subtasks or keys
     * @param inputType null if erased
     */
    static <T, R> SingleOutputStreamOperator<R> reduceGroups(
            PartitionWindowedStream<T> groups,
            GroupReduceFunction<T, R> reducer,
            TypeInformation<T> inputType) {
        TypeInformation<R> type =
                reducer instanceof First<?>
                        ? sameType(inputType)
                        : TypeExtractor.resultOf(
                                reducer, GroupReduceFunction.class, 1, 0, inputType);
        SingleOutputStreamOperator<R> reduced =
                groups.mapPartition(new EachGroup<>(reducer)).name("GroupReduce");
        return type == null ? reduced : reduced.returns(type);
    }

    @SuppressWarnings("unchecked")
    private static <T, R> TypeInformation<R> sameType(TypeInformation<T> inputType) {
        return (TypeInformation<R>) inputType;
    }

    /** Calls a function for a partition that has records. Confined to its task. */
    private static final class EachGroup<T, R> extends RichWrapper<GroupReduceFunction<T, R>>
            implements MapPartitionFunction<T, R> {
        private static final long serialVersionUID = 1L;

        EachGroup(GroupReduceFunction<T, R> reducer) {
            super(reducer);
        }

        @Override
        public void mapPartition(Iterable<T> values, Collector<R> out) throws Exception {
            // Records can be walked over once, so the walk that has begun is the one that is given.
            Iterator<T> walk = values.iterator();
            if (walk.hasNext()) {
                wrapped().reduce(() -> walk, out);
            }
        }
    }

    /** The first records of each group. Immutable. */
    static final class First<T> implements GroupReduceFunction<T, T> {
        private static final long serialVersionUID = 1L;

        private final int count;

        First(int count) {
            if (count < 1) {
                throw new IllegalArgumentException(
                        "first() gives at least 1 record, not " + count + ".");
            }
            this.count = count;
        }

        @Override
        public void reduce(Iterable<T> values, Collector<T> out) {
            Iterator<T> walk = values.iterator();
            for (int i = 0; i < count && walk.hasNext(); i++) {
                out.collect(walk.next());
            }
        }
    }

    /** The record is its own key. */
    static final class WholeRecord<T> implements KeySelector<T, T> {
        private static final long serialVersionUID = 1L;

        @Override
        public T getKey(T value) {
            return value;
        }
    }

    /** One key for all. */
    static final class All<T> implements KeySelector<T, Integer> {
        private static final long serialVersionUID = 1L;

        @Override
        public Integer getKey(T value) {
            return 0;
        }
    }

    static final class KeepFirst<T> implements ReduceFunction<T> {
        private static final long serialVersionUID = 1L;

        @Override
        public T reduce(T value1, T value2) {
            return value1;
        }
    }

    /** How many there are. */
    static final class Count<T> implements AggregateFunction<T, Long, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long createAccumulator() {
            return 0L;
        }

        @Override
        public Long add(T value, Long accumulator) {
            return accumulator + 1;
        }

        @Override
        public Long getResult(Long accumulator) {
            return accumulator;
        }

        @Override
        public Long merge(Long a, Long b) {
            return a + b;
        }
    }
}
