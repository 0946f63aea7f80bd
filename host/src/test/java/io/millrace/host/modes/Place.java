package io.millrace.host.modes;

import io.millrace.api.stream.SingleOutputStreamOperator;

/**
 * How an operator is put into the job.
 *
 * @param chaining with what is before it and behind it
 */
record Place(int parallelism, Chaining chaining) {
    /** Whether an operator may be in a chain with others. */
    enum Chaining {
        ALLOWED,
        NOT_BEFORE,
        NEVER
    }

    <T> SingleOutputStreamOperator<T> put(SingleOutputStreamOperator<T> operator) {
        return chained(operator.setParallelism(parallelism));
    }

    /** For operators that have one subtask whatever is wished. */
    <T> SingleOutputStreamOperator<T> chained(SingleOutputStreamOperator<T> operator) {
        return switch (chaining) {
            case ALLOWED -> operator;
            case NOT_BEFORE -> operator.startNewChain();
            case NEVER -> operator.disableChaining();
        };
    }
}
