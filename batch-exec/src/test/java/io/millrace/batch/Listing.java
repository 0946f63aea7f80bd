package io.millrace.batch;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.MapPartitionFunction;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.util.ArrayList;
import java.util.List;

/** Lists the numbers of pairs in their order. Its values grow, and it has no merge. */
final class Listing
        implements AggregateFunction<Tuple2<String, Long>, List<Long>, Tuple2<String, Long>> {
    static final TypeInformation<?> VALUES = Types.LIST(Types.LONG);
    private static final long serialVersionUID = 1L;

    @Override
    public List<Long> createAccumulator() {
        return new ArrayList<>();
    }

    @Override
    public List<Long> add(Tuple2<String, Long> pair, List<Long> numbers) {
        numbers.add(pair.f1);
        return numbers;
    }

    /** How many, and a number that differs with their order. */
    @Override
    public Tuple2<String, Long> getResult(List<Long> numbers) {
        return Tuple2.of(numbers.size() + " numbers", (long) numbers.hashCode());
    }

    @Override
    public List<Long> merge(List<Long> a, List<Long> b) {
        throw new UnsupportedOperationException("merge");
    }

    /** The same of records that have been sorted by key. */
    static MapPartitionFunction<Object, Object> ofSorted() {
        return new OfSorted();
    }

    private static final class OfSorted implements MapPartitionFunction<Object, Object> {
        private static final long serialVersionUID = 1L;
        private final Listing listing = new Listing();

        @Override
        @SuppressWarnings("unchecked")
        public void mapPartition(Iterable<Object> values, Collector<Object> out) {
            List<Long> numbers = listing.createAccumulator();
            values.forEach(value -> listing.add((Tuple2<String, Long>) value, numbers));
            out.collect(listing.getResult(numbers));
        }
    }
}
