package io.millrace.api.stream;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.Function;
import io.millrace.api.function.OutputTag;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.function.RichFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowContents;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.window.Evictor;
import io.millrace.api.window.MergingWindowAssigner;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A windowing operator while the program is still being written: what has been said of it so far,
 * and the check that it fits together. Mutable; confined to the thread of {@code main()}.
 */
final class WindowDraft<T, K, W extends Window> {
    private static final Logger LOG = LoggerFactory.getLogger(WindowDraft.class);

    private final KeyedStream<T, K> input;
    private final WindowAssigner<? super T, W> assigner;
    private Trigger<? super T, ? super W> trigger;
    // Null if all records stay.
    private Evictor<? super T, ? super W> evictor;
    private long allowedLatenessMs;
    // Null if late records are dropped.
    private OutputTag<T> lateOutput;

    @SuppressWarnings("deprecation") // assigners of older programs override the older form
    WindowDraft(KeyedStream<T, K> input, WindowAssigner<? super T, W> assigner) {
        this.input = input;
        this.assigner = Objects.requireNonNull(assigner);
        this.trigger = assigner.getDefaultTrigger(input.environment);
    }

    KeyedStream<T, K> input() {
        return input;
    }

    void trigger(Trigger<? super T, ? super W> wanted) {
        if (assigner instanceof MergingWindowAssigner<?, ?> && !wanted.canMerge()) {
            throw unsupported(
                    "the windows of "
                            + assigner
                            + " merge, but the trigger "
                            + wanted
                            + " cannot follow that. Use one whose canMerge() says true.");
        }
        this.trigger = wanted;
    }

    void evictor(Evictor<? super T, ? super W> wanted) {
        this.evictor = Objects.requireNonNull(wanted);
    }

    void allowedLateness(Duration lateness) {
        long ms = lateness.toMillis();
        if (ms < 0) {
            throw new IllegalArgumentException(
                    "The allowed lateness is at least 0 ms, not " + ms + " ms.");
        }
        if (ms > 0 && !assigner.isEventTime()) {
            LOG.warn(
                    "An allowed lateness has no effect on windows of processing time."
                            + " assigner={} latenessMs={}",
                    assigner,
                    ms);
        }
        this.allowedLatenessMs = ms;
    }

    void sideOutputLateData(OutputTag<T> tag) {
        this.lateOutput = Objects.requireNonNull(tag, "the tag of late records");
    }

    /**
     * @param function null if the fold is the result
     */
    <R> SingleOutputStreamOperator<R> reduce(
            ReduceFunction<T> reducer,
            ProcessWindowFunction<T, R, K, W> function,
            TypeInformation<R> resultType) {
        refuseRich(reducer, "reduce(ReduceFunction, WindowFunction)");
        return evictor == null
                ? add(new WindowContents.Reduced(reducer), function, reducer, resultType)
                : add(
                        new WindowContents.Collected(),
                        new ReducedWindow<>(reducer, function),
                        reducer,
                        resultType);
    }

    /**
     * @param accumulators null if their type is found from them
     * @param function null if the aggregation's result is the result
     */
    <ACC, V, R> SingleOutputStreamOperator<R> aggregate(
            AggregateFunction<T, ACC, V> aggregator,
            TypeInformation<ACC> accumulators,
            ProcessWindowFunction<V, R, K, W> function,
            TypeInformation<R> resultType) {
        refuseRich(aggregator, "aggregate(AggregateFunction, WindowFunction)");
        return evictor == null
                ? add(
                        new WindowContents.Aggregated(aggregator, accumulators),
                        function,
                        aggregator,
                        resultType)
                : add(
                        new WindowContents.Collected(),
                        new AggregatedWindow<>(aggregator, function),
                        aggregator,
                        resultType);
    }

    /** All records go to the function when the window fires. */
    <R> SingleOutputStreamOperator<R> process(
            ProcessWindowFunction<T, R, K, W> function, TypeInformation<R> resultType) {
        return add(new WindowContents.Collected(), function, function, resultType);
    }

    private <R> SingleOutputStreamOperator<R> add(
            WindowContents contents,
            ProcessWindowFunction<?, R, K, W> function,
            Function named,
            TypeInformation<R> resultType) {
        OperatorSpec spec =
                new OperatorSpec.WindowSpec(
                        input.getKeySelector(),
                        assigner,
                        trigger,
                        evictor,
                        contents,
                        function,
                        allowedLatenessMs,
                        lateOutput);
        SingleOutputStreamOperator<R> result =
                input.add(assigner.getClass().getSimpleName(), spec, resultType);
        return result.setDescription(
                "Window("
                        + assigner
                        + ", "
                        + trigger
                        + (evictor == null ? "" : ", " + evictor.getClass().getSimpleName())
                        + ", "
                        + Objects.requireNonNull(named).getClass().getSimpleName()
                        + ")");
    }

    /** A fold is called for many windows in turn, and by itself, so it has no runtime context. */
    private static void refuseRich(Function fold, String instead) {
        if (fold instanceof RichFunction) {
            throw unsupported(
                    "the function "
                            + fold.getClass().getName()
                            + ", which folds the records of windows, cannot be a rich function. Use"
                            + " "
                            + instead
                            + " with a rich window function.");
        }
    }

    /** What programs know; its cause has the code. */
    private static UnsupportedOperationException unsupported(String message) {
        MillraceException invalid = new MillraceException(ErrorCode.PROGRAM_INVALID, message);
        return new UnsupportedOperationException(invalid.getMessage(), invalid);
    }
}
