package io.millrace.connector.jdbc.sink;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.connector.jdbc.JdbcErrors;
import java.sql.SQLException;
import javax.transaction.xa.XAException;

/** What errors of XA mean. Pure. */
final class XaErrors {
    private XaErrors() {}

    /** What a commit that failed says about the transaction. */
    enum Answer {
        /** Nothing: it may be committed by another try. */
        AGAIN,
        /** The database refuses, and may do so again. */
        REFUSED,
        /** No transaction of this id: committed already, or rolled back. */
        NOT_KNOWN,
        COMMITTED,
        ROLLED_BACK,
        /** In parts only, or nobody knows. */
        MIXED
    }

    static Answer answer(XAException e) {
        if (e.errorCode >= XAException.XA_RBBASE && e.errorCode <= XAException.XA_RBEND) {
            return Answer.ROLLED_BACK;
        }
        return switch (e.errorCode) {
            case XAException.XAER_NOTA -> Answer.NOT_KNOWN;
            case XAException.XA_RETRY, XAException.XAER_RMFAIL -> Answer.AGAIN;
            case XAException.XA_HEURCOM -> Answer.COMMITTED;
            case XAException.XA_HEURRB -> Answer.ROLLED_BACK;
            case XAException.XA_HEURMIX, XAException.XA_HEURHAZ -> Answer.MIXED;
            default -> Answer.REFUSED;
        };
    }

    /**
     * @param what was tried, as in {@code prepare a transaction}
     */
    static MillraceException of(XAException e, String what, String url) {
        if (e.getCause() instanceof SQLException cause) {
            return JdbcErrors.of(cause, what + " (XA code " + e.errorCode + ")", url);
        }
        return new MillraceException(
                ErrorCode.STORAGE_FAILED,
                "could not "
                        + what
                        + " at "
                        + JdbcErrors.withoutPassword(url)
                        + ": "
                        + described(e)
                        + ". See the log of the database at this time",
                e);
    }

    static String described(XAException e) {
        Throwable cause = e.getCause();
        return "XA code "
                + e.errorCode
                + (e.getMessage() == null ? "" : ", " + e.getMessage())
                + (cause == null || cause.getMessage() == null ? "" : ", " + cause.getMessage());
    }
}
