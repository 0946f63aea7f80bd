package io.millrace.batch;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.ReduceFunction;

/** The user's reduce function, held to what it promises. Confined to its operator. */
record Folding(ReduceFunction<Object> function) {
    /**
     * Never null: that would be no record.
     *
     * @throws MillraceException {@code USER_CODE_FAILED} if the function returns null
     */
    Object fold(Object older, Object younger) throws Exception {
        Object fold = function.reduce(older, younger);
        if (fold == null) {
            throw new MillraceException(
                    ErrorCode.USER_CODE_FAILED,
                    "the reduce function "
                            + function.getClass().getName()
                            + " returned null. A fold is a record like those that it is made of.");
        }
        return fold;
    }
}
