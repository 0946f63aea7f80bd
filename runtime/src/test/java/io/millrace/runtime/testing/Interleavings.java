package io.millrace.runtime.testing;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;

/**
 * Runs the operations of a model class on a few threads in many interleavings, and after each one
 * its {@code @Validate} methods, which say by an exception what is wrong. What the operations
 * return or throw is not looked at. Short scenarios find more: the checker tries few switches of
 * threads.
 *
 * <p>Bounded for the tests; {@code -Dmillrace.interleavings=FACTOR} makes it that many times more.
 */
public final class Interleavings {
    private static final int FACTOR = Integer.getInteger("millrace.interleavings", 1);

    private Interleavings() {}

    /** Throws {@code LincheckAssertionError}, with the schedule, if the model finds a fault. */
    public static void check(Class<?> model, int threads, int operationsPerThread) {
        new ModelCheckingOptions()
                .iterations(6 * FACTOR)
                .invocationsPerIteration(500)
                .threads(threads)
                .actorsBefore(0)
                .actorsAfter(0)
                .actorsPerThread(operationsPerThread)
                .minimizeFailedScenario(false)
                .verifier(EpsilonVerifier.class)
                .check(model);
    }
}
