package io.millrace.coordinator.job;

import io.millrace.coordinator.Effect;
import java.util.List;

/**
 * What a job has of the cluster and gives back at its end, or when it begins anew. Confined to the
 * coordinator's thread.
 *
 * @param slots in which its tasks run
 * @param workerWait for workers with more of them
 * @param deployment knows the workers that have heard of it
 * @param rescaling may have slots that it needs next
 */
record JobHoldings(
        JobSlots slots, WorkerWait workerWait, Deployment deployment, Rescaling rescaling) {
    /** It wants no more workers. */
    List<Effect> waitNoMore() {
        return workerWait.end();
    }

    /** Gives the slots back. */
    void vacate(long nowMs) {
        slots.vacate(nowMs);
        rescaling.vacate(nowMs);
    }

    /** Gives everything back: the workers forget the job. */
    List<Effect> giveBack(long nowMs) {
        List<Effect> effects = deployment.release();
        vacate(nowMs);
        return effects;
    }
}
