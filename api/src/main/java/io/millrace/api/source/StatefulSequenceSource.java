package io.millrace.api.source;

import io.millrace.api.checkpoint.CheckpointedFunction;
import io.millrace.api.checkpoint.FunctionInitializationContext;
import io.millrace.api.checkpoint.FunctionSnapshotContext;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Emits the numbers from one to another, each once, also after a restart and at another
 * parallelism.
 *
 * @deprecated use {@code StreamExecutionEnvironment.fromSequence}
 */
@Deprecated
public class StatefulSequenceSource extends RichParallelSourceFunction<Long>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    private final long start;
    private final long end;

    /** What is left to this subtask: each a next number and a step. Under the checkpoint lock. */
    private transient Deque<Tuple2<Long, Long>> left;

    private transient ListState<Tuple2<Long, Long>> saved;

    /** Set by the thread that cancels, read by the one that runs. */
    private volatile boolean canceled;

    /**
     * @param start the first number
     * @param end the last one, included
     */
    public StatefulSequenceSource(long start, long end) {
        this.start = start;
        this.end = end;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        saved =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "left", Types.TUPLE(Types.LONG, Types.LONG)));
        left = new ArrayDeque<>();
        if (context.isRestored()) {
            for (Tuple2<Long, Long> range : saved.get()) {
                left.add(Tuple2.of(range.f0, range.f1));
            }
            return;
        }
        long subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        long step = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        if (subtask <= end - start || end - start < 0 && start < end) { // more than a long counts
            left.add(Tuple2.of(start + subtask, step));
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        saved.clear();
        for (Tuple2<Long, Long> range : left) {
            saved.add(Tuple2.of(range.f0, range.f1));
        }
    }

    @Override
    public void run(SourceContext<Long> ctx) {
        while (!canceled) {
            synchronized (ctx.getCheckpointLock()) {
                Tuple2<Long, Long> range = left.peek();
                if (range == null) {
                    return;
                }
                ctx.collect(range.f0);
                long next = range.f0 + range.f1;
                if (next > end || next < range.f0) {
                    left.remove();
                } else {
                    range.f0 = next;
                }
            }
        }
    }

    @Override
    public void cancel() {
        canceled = true;
    }
}
