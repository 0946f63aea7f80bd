package io.millrace.runtime.wire;

/**
 * Why a handshake ended without a connection. Carries no stack: the peer decides how often it
 * occurs.
 */
final class HandshakeRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What was wrong; a log line and its rate limit are per reason. */
    enum Reason {
        NOT_MILLRACE,
        VERSION,
        PURPOSE,
        OTHER_APPLICATION,
        PROOF,
        TOO_EARLY,
        TIMED_OUT,
        CLOSED_EARLY,
        TOO_MANY
    }

    HandshakeRefused(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
