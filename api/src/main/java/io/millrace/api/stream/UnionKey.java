package io.millrace.api.stream;

import io.millrace.api.function.KeySelector;
import io.millrace.api.stream.CoGroupedStreams.TaggedUnion;

/** The key of a record of either of two streams. Confined to its task. */
final class UnionKey<T1, T2, KEY> implements KeySelector<TaggedUnion<T1, T2>, KEY> {
    private static final long serialVersionUID = 1L;

    private final KeySelector<T1, KEY> first;
    private final KeySelector<T2, KEY> second;

    UnionKey(KeySelector<T1, KEY> first, KeySelector<T2, KEY> second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public KEY getKey(TaggedUnion<T1, T2> value) throws Exception {
        return value.isOne() ? first.getKey(value.getOne()) : second.getKey(value.getTwo());
    }
}
