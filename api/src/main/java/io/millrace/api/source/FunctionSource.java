package io.millrace.api.source;

import io.millrace.api.function.DefaultOpenContext;
import io.millrace.api.function.RichFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.source.NumberSequenceSource.NumberSequenceSplit;
import io.millrace.api.type.ResultTypeQueryable;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.ValueCodec;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * A source function as a source: each subtask runs it once, on a thread of its own. Made by {@code
 * addSource}. Immutable.
 *
 * <p>A function has no splits. One that implements {@code CheckpointedFunction} goes on where a
 * checkpoint has found it; any other is run from the beginning when a job starts again.
 */
@SuppressWarnings("deprecation")
public final class FunctionSource<T>
        implements Source<T, NumberSequenceSplit, Collection<NumberSequenceSplit>>,
                ResultTypeQueryable<T> {
    private static final long serialVersionUID = 1L;

    private final SourceFunction<T> function;
    private final TypeInformation<T> type;
    private final Boundedness boundedness;

    /**
     * @param type null if it is to be found from the records
     */
    public FunctionSource(
            SourceFunction<T> function, TypeInformation<T> type, Boundedness boundedness) {
        this.function = Objects.requireNonNull(function, "source function");
        this.type = type;
        this.boundedness = boundedness;
    }

    /** Null if it is to be found from the records. */
    @Override
    public TypeInformation<T> getProducedType() {
        return type;
    }

    @Override
    public Boundedness getBoundedness() {
        return boundedness;
    }

    @Override
    public SourceReader<T, NumberSequenceSplit> createReader(SourceReaderContext readerContext)
            throws Exception {
        RuntimeContext runtime =
                readerContext instanceof RichSourceReaderContext rich
                        ? rich.getRuntimeContext()
                        : null;
        String name =
                runtime == null
                        ? function.getClass().getSimpleName()
                        : runtime.getTaskInfo().getTaskNameWithSubtasks();
        boolean reuse = runtime != null && runtime.isObjectReuseEnabled();
        ValueCodec<T> copier = reuse ? null : readerContext.createValueCodec(type);
        HandOver<T> handOver = new HandOver<>();
        FunctionContext<T> context = new FunctionContext<>(handOver, copier);
        FunctionLock lock =
                new FunctionLock(
                        context.getCheckpointLock(),
                        handOver::isEnded,
                        handOver::wake,
                        handOver::end,
                        "source-function-lock " + name,
                        readerContext.getUserCodeClassLoader().asClassLoader());
        open(readerContext, runtime, lock);
        return new FunctionReader<>(
                function,
                handOver,
                context,
                lock,
                "source-function " + name,
                readerContext.getUserCodeClassLoader().asClassLoader());
    }

    private void open(SourceReaderContext context, RuntimeContext runtime, FunctionLock lock)
            throws Exception {
        RichFunction richFunction = function instanceof RichFunction rich ? rich : null;
        try {
            if (richFunction != null) {
                richFunction.setRuntimeContext(runtime);
            }
            if (context instanceof RichSourceReaderContext known) {
                known.functions().manage(function, lock);
            }
            if (richFunction != null) {
                richFunction.open(DefaultOpenContext.INSTANCE);
            }
        } catch (Throwable e) {
            try {
                if (richFunction != null) {
                    richFunction.close();
                }
            } catch (Throwable closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    @Override
    public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> createEnumerator(
            SplitEnumeratorContext<NumberSequenceSplit> enumContext) {
        return new QueueEnumerator<>(enumContext, List.of());
    }

    @Override
    public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> restoreEnumerator(
            SplitEnumeratorContext<NumberSequenceSplit> enumContext,
            Collection<NumberSequenceSplit> checkpoint) {
        return new QueueEnumerator<>(enumContext, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<NumberSequenceSplit> getSplitSerializer() {
        return new RangeSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Collection<NumberSequenceSplit>>
            getEnumeratorCheckpointSerializer() {
        return new ListSerializer<>(new RangeSplitSerializer());
    }
}
