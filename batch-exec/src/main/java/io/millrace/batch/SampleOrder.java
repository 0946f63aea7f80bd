package io.millrace.batch;

import io.millrace.api.tuple.Tuple2;
import io.millrace.batch.sort.KeyNormalizer;
import java.util.Comparator;

/** The order of sampled keys, whatever they stand for. Immutable. */
record SampleOrder(KeyNormalizer<Object> keys) implements Comparator<Tuple2<Double, Object>> {
    @Override
    public int compare(Tuple2<Double, Object> one, Tuple2<Double, Object> other) {
        return keys.compare(one.f1, other.f1);
    }
}
