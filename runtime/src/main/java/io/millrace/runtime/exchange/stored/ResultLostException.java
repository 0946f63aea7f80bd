package io.millrace.runtime.exchange.stored;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.plan.ResultId;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

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

    /** The result that was lost, if that is in the causes of a failure; else null. */
    public static ResultId in(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable t = failure; t != null && seen.add(t); t = t.getCause()) {
            if (t instanceof ResultLostException lost) {
                return lost.result;
            }
        }
        return null;
    }
}
