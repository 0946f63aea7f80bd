package io.millrace.api.fault;

/**
 * The end of a process within a test's process: an {@code Error}, which nothing that goes on
 * catches.
 */
public final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    SimulatedCrash(FaultPoint point) {
        super("crashed at " + point);
    }
}
