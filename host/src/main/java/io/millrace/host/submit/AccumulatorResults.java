package io.millrace.host.submit;

import io.millrace.api.accumulator.Accumulator;
import io.millrace.api.accumulator.OptionalFailure;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.InvalidProgramException;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.TemporaryClassLoaderContext;
import io.millrace.runtime.message.AccumulatorValue;
import io.millrace.runtime.serde.JavaSerialization;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges what the subtasks of a job have accumulated, by name. Pure, but for the user's code in the
 * accumulators; any thread.
 */
final class AccumulatorResults {
    private AccumulatorResults() {}

    /**
     * The result of each name, or why there is none.
     *
     * @param user sees the accumulators' classes
     */
    static Map<String, OptionalFailure<Object>> merged(
            List<AccumulatorValue> values, ClassLoader user) {
        Map<String, OptionalFailure<Object>> results = new HashMap<>();
        try (TemporaryClassLoaderContext ignored = TemporaryClassLoaderContext.of(user)) {
            Map<String, Part> parts = new LinkedHashMap<>();
            for (AccumulatorValue value : values) {
                Part part = parts.get(value.name());
                if (part == null) {
                    parts.put(value.name(), Part.of(value, user));
                } else {
                    part.merge(value, user);
                }
            }
            parts.forEach((name, part) -> results.put(name, part.result()));
        }
        return results;
    }

    /**
     * The same, of a job that has finished.
     *
     * @throws MillraceException {@code ACCUMULATOR_CONFLICT} if accumulators of one name are of
     *     several classes: the program is wrong, whatever else it does
     */
    static Map<String, OptionalFailure<Object>> ofFinished(
            List<AccumulatorValue> values, ClassLoader user) {
        Map<String, OptionalFailure<Object>> results = merged(values, user);
        for (OptionalFailure<Object> result : results.values()) {
            if (result.getFailureCause() instanceof MillraceException failure
                    && failure.code() == ErrorCode.ACCUMULATOR_CONFLICT) {
                throw failure;
            }
        }
        return results;
    }

    /** The values that there are; a name without one is left out. */
    static Map<String, Object> values(List<AccumulatorValue> values, ClassLoader user) {
        Map<String, Object> results = new HashMap<>();
        merged(values, user)
                .forEach(
                        (name, result) -> {
                            if (!result.isFailure()) {
                                results.put(name, result.getUnchecked());
                            }
                        });
        return results;
    }

    /** One name, while it is being merged. */
    private static final class Part {
        private final String name;
        private final String operator;
        private Accumulator<?, ?> accumulator; // null if there is a failure
        private MillraceException failure;

        private Part(AccumulatorValue first) {
            this.name = first.name();
            this.operator = first.operator();
        }

        static Part of(AccumulatorValue first, ClassLoader user) {
            Part part = new Part(first);
            part.accumulator = part.copy(part.read(first, user));
            return part;
        }

        /** What is merged into. One that cannot be cloned, as it promises, fails here already. */
        private Accumulator<?, ?> copy(Accumulator<?, ?> read) {
            try {
                return read == null ? null : read.clone();
            } catch (RuntimeException | LinkageError e) {
                fail(ErrorCode.ACCUMULATOR_LOST, "could not be cloned: " + e, e);
                return null;
            }
        }

        @SuppressWarnings({"unchecked", "rawtypes"}) // of the same class, so of the same values
        void merge(AccumulatorValue value, ClassLoader user) {
            Accumulator<?, ?> other = failure == null ? read(value, user) : null;
            if (failure != null) {
                return;
            }
            if (other.getClass() != accumulator.getClass()) {
                fail(
                        ErrorCode.ACCUMULATOR_CONFLICT,
                        "is a "
                                + accumulator.getClass().getName()
                                + " in operator '"
                                + operator
                                + "' and a "
                                + other.getClass().getName()
                                + " in '"
                                + value.operator()
                                + "'. Give each a name of its own.",
                        new InvalidProgramException(
                                "accumulators of one name have several classes",
                                new UnsupportedOperationException(
                                        "accumulator '" + name + "' was added with two classes")));
                return;
            }
            try {
                ((Accumulator) accumulator).merge(other);
            } catch (RuntimeException | LinkageError e) {
                fail(ErrorCode.ACCUMULATOR_LOST, "could not be merged: " + e, e);
            }
        }

        private Accumulator<?, ?> read(AccumulatorValue value, ClassLoader user) {
            if (value.bytes() == null) {
                fail(
                        ErrorCode.ACCUMULATOR_LOST,
                        "of operator '" + value.operator() + "': " + value.failure(),
                        null);
                return null;
            }
            try {
                return JavaSerialization.read(value.bytes(), user, Accumulator.class);
            } catch (MillraceException e) {
                fail(
                        ErrorCode.ACCUMULATOR_LOST,
                        "of operator '" + value.operator() + "' cannot be read: " + e.getMessage(),
                        e);
                return null;
            }
        }

        private void fail(ErrorCode code, String what, Throwable cause) {
            failure = new MillraceException(code, "accumulator '" + name + "' " + what, cause);
            accumulator = null;
        }

        OptionalFailure<Object> result() {
            if (failure != null) {
                return OptionalFailure.ofFailure(failure);
            }
            try {
                return OptionalFailure.of(accumulator.getLocalValue());
            } catch (RuntimeException | LinkageError e) {
                fail(ErrorCode.ACCUMULATOR_LOST, "has no value: " + e, e);
                return OptionalFailure.ofFailure(failure);
            }
        }
    }
}
