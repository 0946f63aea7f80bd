package io.millrace.runtime.operator;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;

/** What user code must not return is refused where it returned it. Stateless. */
final class Returned {
    private Returned() {}

    /**
     * The value.
     *
     * @throws MillraceException {@code USER_CODE_FAILED} naming the class and its method, if the
     *     value is null
     */
    static <T> T by(Object user, String method, T value) {
        if (value == null) {
            throw new MillraceException(
                    ErrorCode.USER_CODE_FAILED,
                    user.getClass().getName() + "." + method + " returned null.");
        }
        return value;
    }
}
