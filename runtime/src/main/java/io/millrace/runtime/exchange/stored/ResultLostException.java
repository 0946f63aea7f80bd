package io.millrace.runtime.exchange.stored;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.plan.ResultId;

/** A stored result is gone, cannot be reached, or is damaged: its producer has to run again. */
public final class ResultLostException extends MillraceException {
    private static final long serialVersionUID = 1L;

    private final transient ResultId result;

    /**
     * @param what happened, where: the worker, the file and the offset
     */
    public ResultLostException(ResultId result, String what, Throwable cause) {
        super(ErrorCode.RESULT_LOST, what, cause);
        this.result = result;
    }

    public ResultId result() {
        return result;
    }
}
