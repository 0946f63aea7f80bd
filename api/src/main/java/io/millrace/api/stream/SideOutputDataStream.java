package io.millrace.api.stream;

import io.millrace.api.stream.Draft.Branch;
import java.util.List;

/** The records that an operator emits to one of its side outputs. Not thread-safe. */
public class SideOutputDataStream<T> extends DataStream<T> {
    SideOutputDataStream(StreamExecutionEnvironment environment, Branch branch) {
        super(environment, List.of(branch));
    }

    /** The same as {@link SingleOutputStreamOperator#cache}. */
    public CachedDataStream<T> cache() {
        return new CachedDataStream<>(environment, transformation);
    }
}
