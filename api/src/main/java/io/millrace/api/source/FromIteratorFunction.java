package io.millrace.api.source;

import java.util.Iterator;
import java.util.Objects;

/**
 * Emits the values of a serializable iterator.
 *
 * @deprecated use {@code StreamExecutionEnvironment.fromCollection}
 */
@Deprecated
public class FromIteratorFunction<T> implements SourceFunction<T> {
    private static final long serialVersionUID = 1L;

    private final Iterator<T> iterator;

    /** Set by the thread that cancels, read by the one that runs. */
    private volatile boolean canceled;

    public FromIteratorFunction(Iterator<T> iterator) {
        this.iterator = Objects.requireNonNull(iterator);
    }

    @Override
    public void run(SourceContext<T> ctx) {
        while (!canceled && iterator.hasNext()) {
            ctx.collect(iterator.next());
        }
    }

    @Override
    public void cancel() {
        canceled = true;
    }
}
