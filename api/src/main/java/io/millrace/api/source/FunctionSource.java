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
 * <p>A function has no splits and so far no state: a job that starts again runs it from the
 * beginning.
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
        if (function instanceof RichFunction rich) {
            open(rich, runtime);
        }
        HandOver<T> handOver = new HandOver<>();
        return new FunctionReader<>(
                function,
                handOver,
                new FunctionContext<>(handOver, copier),
                "source-function " + name,
                readerContext.getUserCodeClassLoader().asClassLoader());
    }

    private static void open(RichFunction function, RuntimeContext runtime) throws Exception {
        try {
            function.setRuntimeContext(runtime);
            function.open(DefaultOpenContext.INSTANCE);
        } catch (Throwable e) {
            try {
                function.close();
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
