package io.millrace.api.source;

import java.util.Iterator;
import java.util.Objects;

/**
 * Emits the values of an iterator, each subtask those of its part.
 *
 * @deprecated use {@code StreamExecutionEnvironment.fromParallelCollection}
 */
@Deprecated
public class FromSplittableIteratorFunction<T> extends RichParallelSourceFunction<T> {
    private static final long serialVersionUID = 1L;

    private final SplittableIterator<T> whole;

    /** Set by the thread that cancels, read by the one that runs. */
    private volatile boolean canceled;

    /**
     * @param iterator must be serializable
     */
    public FromSplittableIteratorFunction(SplittableIterator<T> iterator) {
        this.whole = Objects.requireNonNull(iterator);
    }

    @Override
    public void run(SourceContext<T> ctx) {
        Iterator<T> part =
                whole.getSplit(
                        getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
                        getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks());
        while (!canceled && part.hasNext()) {
            ctx.collect(part.next());
        }
    }

    @Override
    public void cancel() {
        canceled = true;
    }
}
