package io.millrace.connector.datagen.function;

import io.millrace.api.checkpoint.CheckpointedFunction;
import io.millrace.api.checkpoint.FunctionInitializationContext;
import io.millrace.api.checkpoint.FunctionSnapshotContext;
import io.millrace.api.function.OpenContext;
import io.millrace.api.source.RichParallelSourceFunction;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Emits what a generator makes, at a rate.
 *
 * @deprecated use {@link io.millrace.connector.datagen.DataGeneratorSource}
 */
@Deprecated
public class DataGeneratorSource<T> extends RichParallelSourceFunction<T>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final DataGenerator<T> generator;
    private final long rowsPerSecond;
    // Null for as many as the generator has.
    private final Long numberOfRows;

    /** Set by the thread that cancels, read by the one that runs. */
    private volatile boolean canceled;

    private transient FunctionInitializationContext context;
    private transient long rowsOfSubtask;
    private transient long rateOfSubtask;
    private transient long emitted;

    /** As fast as it can, as long as the generator has values. */
    public DataGeneratorSource(DataGenerator<T> generator) {
        this(generator, Long.MAX_VALUE, null);
    }

    /**
     * @param rowsPerSecond of all subtasks together, at least 1
     * @param numberOfRows of all subtasks together; null for as many as the generator has
     */
    public DataGeneratorSource(DataGenerator<T> generator, long rowsPerSecond, Long numberOfRows) {
        if (rowsPerSecond < 1) {
            throw new IllegalArgumentException(
                    "At least 1 row is made in a second, not " + rowsPerSecond + ".");
        }
        this.generator = generator;
        this.rowsPerSecond = rowsPerSecond;
        this.numberOfRows = numberOfRows;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
        this.context = context;
    }

    @Override
    public void open(OpenContext openContext) throws Exception {
        super.open(openContext);
        int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        rowsOfSubtask =
                numberOfRows == null ? Long.MAX_VALUE : share(numberOfRows, subtask, subtasks);
        rateOfSubtask =
                rowsPerSecond == Long.MAX_VALUE
                        ? Long.MAX_VALUE
                        : Math.max(1, share(rowsPerSecond, subtask, subtasks));
        generator.open("DataGenerator", context, getRuntimeContext());
    }

    private static long share(long all, int subtask, int subtasks) {
        return all / subtasks + (subtask < all % subtasks ? 1 : 0);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        generator.snapshotState(context);
    }

    @Override
    public void run(SourceContext<T> ctx) throws Exception {
        long begunNanos = System.nanoTime();
        long ofSecond = 0;
        while (!canceled && emitted < rowsOfSubtask) {
            if (ofSecond == rateOfSubtask) {
                ofSecond = 0;
                begunNanos += SECOND_NANOS;
                await(begunNanos);
            }
            synchronized (ctx.getCheckpointLock()) {
                if (!generator.hasNext()) {
                    return;
                }
                T value = generator.next();
                emitted++;
                ofSecond++;
                if (value != null) {
                    ctx.collect(value);
                }
            }
        }
    }

    private void await(long nanos) {
        long left;
        while (!canceled && (left = nanos - System.nanoTime()) > 0) {
            LockSupport.parkNanos(this, left);
            if (Thread.interrupted()) {
                return;
            }
        }
    }

    @Override
    public void cancel() {
        canceled = true;
    }
}
