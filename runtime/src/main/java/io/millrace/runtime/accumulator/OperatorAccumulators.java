package io.millrace.runtime.accumulator;

import io.millrace.api.accumulator.Accumulator;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** The accumulators of one operator in one task, by name. Confined to the task. */
public final class OperatorAccumulators {
    private final String operator;
    private final Runnable firstAdded;
    private final Map<String, Accumulator<?, ?>> byName = new LinkedHashMap<>();

    OperatorAccumulators(String operator, Runnable firstAdded) {
        this.operator = operator;
        this.firstAdded = firstAdded;
    }

    String operator() {
        return operator;
    }

    Map<String, Accumulator<?, ?>> byName() {
        return byName;
    }

    /**
     * @throws UnsupportedOperationException if the operator has one of this name
     */
    public void add(String name, Accumulator<?, ?> accumulator) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(accumulator, "accumulator");
        if (byName.containsKey(name)) {
            throw new UnsupportedOperationException(
                    "The accumulator '"
                            + name
                            + "' already exists in operator '"
                            + operator
                            + "' and cannot be added again. Add it in open(), once.");
        }
        byName.put(name, accumulator);
        firstAdded.run();
    }

    /** Null if there is none. */
    public Accumulator<?, ?> get(String name) {
        return byName.get(name);
    }

    /**
     * The one of this name, made if there is none.
     *
     * @throws MillraceException {@code ACCUMULATOR_CONFLICT} if it is of another class
     */
    public <A extends Accumulator<?, ?>> A getOrAdd(
            String name, Class<A> type, Supplier<A> supplier) {
        Accumulator<?, ?> there = byName.get(name);
        if (there == null) {
            A made = supplier.get();
            add(name, made);
            return made;
        }
        if (!type.isInstance(there)) {
            throw new MillraceException(
                    ErrorCode.ACCUMULATOR_CONFLICT,
                    "operator '"
                            + operator
                            + "' asks for accumulator '"
                            + name
                            + "' as a "
                            + type.getSimpleName()
                            + ", but it is a "
                            + there.getClass().getName()
                            + ". Use another name.");
        }
        return type.cast(there);
    }
}
