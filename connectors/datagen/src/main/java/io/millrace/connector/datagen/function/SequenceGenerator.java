package io.millrace.connector.datagen.function;

import io.millrace.api.checkpoint.FunctionInitializationContext;
import io.millrace.api.checkpoint.FunctionSnapshotContext;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.type.Types;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.function.LongFunction;

/**
 * Makes the numbers of a range, both ends included, each in one subtask; then it ends. The numbers
 * of a subtask are kept in memory. Confined to its source.
 */
public abstract class SequenceGenerator<T> implements DataGenerator<T> {
    private static final long serialVersionUID = 1L;

    /** So many numbers of a subtask can be kept. */
    private static final int MAX_NUMBERS = 10_000_000;

    private final long start;
    private final long end;

    /** What is left of this subtask's numbers. Set by {@link #open}. */
    protected transient Deque<Long> valuesToEmit;

    private transient ListState<Long> saved;

    /**
     * @throws IllegalArgumentException if the range ends before it begins
     */
    public SequenceGenerator(long start, long end) {
        if (start > end) {
            throw new IllegalArgumentException(
                    "A sequence ends where it begins or later, not from " + start + " to " + end);
        }
        this.start = start;
        this.end = end;
    }

    @Override
    public void open(
            String name, FunctionInitializationContext context, RuntimeContext runtimeContext)
            throws Exception {
        valuesToEmit = new ArrayDeque<>();
        if (context != null) {
            saved =
                    context.getOperatorStateStore()
                            .getListState(new ListStateDescriptor<>(name + "-state", Types.LONG));
            if (context.isRestored()) {
                for (Long number : saved.get()) {
                    valuesToEmit.add(number);
                }
                return;
            }
        }
        int step = runtimeContext.getTaskInfo().getNumberOfParallelSubtasks();
        int first = runtimeContext.getTaskInfo().getIndexOfThisSubtask();
        if (Long.compareUnsigned(end - start, (long) MAX_NUMBERS * step) > 0) {
            throw new IllegalArgumentException(
                    "The numbers from "
                            + start
                            + " to "
                            + end
                            + " are more than "
                            + MAX_NUMBERS
                            + " for each of "
                            + step
                            + " subtasks, which are kept in memory. Use fromSequence(…).");
        }
        long last = end - start;
        for (long offset = first; offset <= last; offset += step) {
            valuesToEmit.add(start + offset);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        if (saved != null) {
            saved.update(new ArrayList<>(valuesToEmit));
        }
    }

    @Override
    public boolean hasNext() {
        return !valuesToEmit.isEmpty();
    }

    /** What a number becomes. */
    private interface Form<T> extends LongFunction<T>, Serializable {}

    private static <T> SequenceGenerator<T> of(long start, long end, Form<T> form) {
        return new SequenceGenerator<>(start, end) {
            private static final long serialVersionUID = 1L;

            @Override
            public T next() {
                return form.apply(valuesToEmit.remove());
            }
        };
    }

    public static SequenceGenerator<Long> longGenerator(long start, long end) {
        return of(start, end, number -> number);
    }

    public static SequenceGenerator<Integer> intGenerator(int start, int end) {
        return of(start, end, number -> (int) number);
    }

    public static SequenceGenerator<Short> shortGenerator(short start, short end) {
        return of(start, end, number -> (short) number);
    }

    public static SequenceGenerator<Byte> byteGenerator(byte start, byte end) {
        return of(start, end, number -> (byte) number);
    }

    public static SequenceGenerator<Float> floatGenerator(short start, short end) {
        return of(start, end, number -> (float) number);
    }

    public static SequenceGenerator<Double> doubleGenerator(int start, int end) {
        return of(start, end, number -> (double) number);
    }

    /**
     * @param precision digits of each number
     * @param scale digits behind the point
     */
    public static SequenceGenerator<BigDecimal> bigDecimalGenerator(
            int start, int end, int precision, int scale) {
        return of(
                start,
                end,
                number ->
                        new BigDecimal(number, new MathContext(precision))
                                .setScale(scale, java.math.RoundingMode.UNNECESSARY));
    }

    public static SequenceGenerator<String> stringGenerator(long start, long end) {
        return of(start, end, Long::toString);
    }
}
