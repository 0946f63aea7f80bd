package io.millrace.api.bounded;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.BoundedJoinKind;
import io.millrace.api.stream.DataStream;
import java.util.Objects;

/**
 * Two bounded streams that are to be joined. Immutable.
 *
 * @param <L> records of the first stream
 * @param <R> records of the second stream
 */
public final class BoundedJoin<L, R> {
    private final DataStream<L> first;
    private final DataStream<R> second;
    private final BoundedJoinKind kind;

    BoundedJoin(DataStream<L> first, DataStream<R> second, BoundedJoinKind kind) {
        this.first = first;
        this.second = Objects.requireNonNull(second, "The second stream is null.");
        this.kind = kind;
    }

    /** The key of the first stream's records; null joins nothing. */
    public <K> Where<K> where(KeySelector<L, K> keySelector) {
        return new Where<>(Objects.requireNonNull(keySelector, "The key selector is null."));
    }

    /** The streams with the key of the first one. */
    public final class Where<K> {
        private final KeySelector<L, K> firstKey;

        private Where(KeySelector<L, K> firstKey) {
            this.firstKey = firstKey;
        }

        /** The key of the second stream's records; null joins nothing. */
        public KeyedJoin<L, R> equalTo(KeySelector<R, K> keySelector) {
            return new KeyedJoin<>(
                    new JoinInputs<>(
                            first,
                            second,
                            kind,
                            firstKey,
                            Objects.requireNonNull(keySelector, "The key selector is null."),
                            JoinHint.OPTIMIZER_CHOOSES));
        }
    }
}
