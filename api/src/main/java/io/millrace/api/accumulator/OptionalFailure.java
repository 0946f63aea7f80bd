package io.millrace.api.accumulator;

import io.millrace.api.error.FlinkRuntimeException;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A value, or why there is none. Immutable.
 *
 * @param <T> the value
 */
public final class OptionalFailure<T> {
    private final T value;
    private final Throwable failureCause;

    private OptionalFailure(T value, Throwable failureCause) {
        this.value = value;
        this.failureCause = failureCause;
    }

    /**
     * @param value may be null
     */
    public static <T> OptionalFailure<T> of(T value) {
        return new OptionalFailure<>(value, null);
    }

    public static <T> OptionalFailure<T> ofFailure(Throwable failureCause) {
        return new OptionalFailure<>(null, Objects.requireNonNull(failureCause));
    }

    /** The value, or what its making threw. */
    public static <T> OptionalFailure<T> createFrom(Supplier<T> valueSupplier) {
        try {
            return of(valueSupplier.get());
        } catch (RuntimeException e) {
            return ofFailure(e);
        }
    }

    public boolean isFailure() {
        return failureCause != null;
    }

    /** Null if there is a value. */
    public Throwable getFailureCause() {
        return failureCause;
    }

    /**
     * @throws FlinkRuntimeException with the failure as its cause, if there is one
     */
    public T getUnchecked() throws FlinkRuntimeException {
        if (failureCause != null) {
            throw new FlinkRuntimeException(failureCause);
        }
        return value;
    }

    /**
     * @throws Exception the failure, if there is one
     */
    public T get() throws Exception {
        if (failureCause instanceof Exception checked) {
            throw checked;
        }
        return getUnchecked();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OptionalFailure<?> that
                && Objects.equals(value, that.value)
                && Objects.equals(failureCause, that.failureCause);
    }

    @Override
    public int hashCode() {
        return Objects.hash(value, failureCause);
    }

    @Override
    public String toString() {
        return isFailure() ? "failure: " + failureCause : String.valueOf(value);
    }
}
