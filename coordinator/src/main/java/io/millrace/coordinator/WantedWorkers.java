package io.millrace.coordinator;

import java.util.List;
import java.util.function.Supplier;

/**
 * How many workers the cluster has been told to have. Confined to the coordinator's thread.
 *
 * <p>A driver does not replace by itself what it is told to release: then it is told again.
 */
final class WantedWorkers {
    private static final int NOT_TOLD = -1;

    private int told;

    /** A worker is given up that the number had counted. */
    void tellAgain() {
        told = NOT_TOLD;
    }

    /**
     * Nothing if the cluster knows it.
     *
     * @param nearHosts where more workers had best be; asked for only if they are wanted
     */
    List<Effect> become(int wanted, Supplier<List<String>> nearHosts) {
        if (wanted == told) {
            return List.of();
        }
        told = wanted;
        return List.of(new Effect.WantWorkers(wanted, nearHosts.get()));
    }
}
