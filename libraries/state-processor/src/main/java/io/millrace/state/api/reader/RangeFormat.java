package io.millrace.state.api.reader;

import io.millrace.api.function.Collector;
import io.millrace.api.function.DefaultOpenContext;
import io.millrace.api.function.RichFunction;
import io.millrace.api.input.GenericInputSplit;
import io.millrace.api.operator.StreamingRuntimeContext;
import io.millrace.api.state.KeyedStateStore;
import io.millrace.api.type.TypeInformation;
import io.millrace.state.api.saved.SavedOperator;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Objects;

/**
 * Reads keyed state range by range of key groups, with a function of the program's. In memory is
 * what one range has, about {@value #RANGE_BYTES} bytes of the savepoint unless one key group has
 * more, and what the function makes of one key. Confined to its task.
 */
abstract class RangeFormat<OUT> extends SavedFormat<OUT> {
    private static final long serialVersionUID = 1L;
    private static final long RANGE_BYTES = 16L << 20;

    private final RichFunction function;
    final TypeInformation<?> keyType; // null if it is to be found from the keys
    final String backend;
    private transient ArrayDeque<OUT> emitted; // by the last key, not taken yet
    private transient KeyRange range; // null between splits
    private transient boolean opened; // whether the function has to be closed

    /**
     * @param backend where a range is while it is read
     */
    RangeFormat(
            String path,
            String operatorId,
            RichFunction function,
            TypeInformation<?> keyType,
            String backend) {
        super(path, operatorId);
        this.function = function;
        this.keyType = keyType;
        this.backend = backend;
    }

    @Override
    final int splits(int minSplits) {
        return ranges(operator(), minSplits);
    }

    /** How many ranges of key groups there are. */
    static int ranges(SavedOperator operator, int minRanges) {
        long wanted = Math.max(minRanges, operator.keyedBytes() / RANGE_BYTES + 1);
        return (int) Math.min(wanted, operator.entry().maxParallelism());
    }

    final KeyRange range() {
        return range;
    }

    /** Before the function opens: what it may ask for. */
    abstract KeyedStateStore states(KeyRange opened);

    /** After it: finds what is there. */
    abstract void begin() throws Exception;

    /** Shows the function what comes next; false if there is nothing left. */
    abstract boolean showNext(Collector<OUT> out) throws Exception;

    @Override
    public final void open(GenericInputSplit split) throws IOException {
        emitted = new ArrayDeque<>();
        var serializers = serializers();
        try {
            range =
                    new KeyRange(
                            operator(),
                            serializers,
                            serializers.of(keyType),
                            split.getSplitNumber(),
                            split.getTotalNumberOfSplits(),
                            backend);
            StreamingRuntimeContext context = (StreamingRuntimeContext) getRuntimeContext();
            context.setKeyedStateStore(states(range));
            function.setRuntimeContext(context);
            opened = true;
            function.open(DefaultOpenContext.INSTANCE);
            begin();
            fill();
        } catch (Exception e) {
            throw asIo("the state of operator '" + operator().name() + "' cannot be read", e);
        }
    }

    private void fill() throws IOException {
        try {
            boolean more = true;
            while (more && emitted.isEmpty()) {
                more = showNext(collector());
            }
        } catch (Exception e) {
            throw asIo("the state of operator '" + operator().name() + "' cannot be read", e);
        }
    }

    private Collector<OUT> collector() {
        return new Collector<>() {
            @Override
            public void collect(OUT record) {
                emitted.add(
                        Objects.requireNonNull(record, "The reader function has emitted null."));
            }

            @Override
            public void close() {
                // A function may call it.
            }
        };
    }

    @Override
    public final boolean reachedEnd() {
        return emitted.isEmpty();
    }

    @Override
    public final OUT nextRecord(OUT reuse) throws IOException {
        OUT next = emitted.poll();
        if (emitted.isEmpty()) {
            fill();
        }
        return next;
    }

    @Override
    public final void close() throws IOException {
        KeyRange closed = range;
        range = null;
        try (closed) {
            if (opened) {
                opened = false;
                function.close();
            }
        } catch (Exception e) {
            throw asIo("the function that reads '" + operator().name() + "' did not close", e);
        } finally {
            emitted = null;
            if (getRuntimeContext() instanceof StreamingRuntimeContext context) {
                context.setKeyedStateStore(null);
            }
        }
    }
}
