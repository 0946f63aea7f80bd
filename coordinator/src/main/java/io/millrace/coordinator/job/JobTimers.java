package io.millrace.coordinator.job;

import io.millrace.coordinator.Effect;
import io.millrace.coordinator.TimerId;
import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.runtime.plan.JobId;

/** Names the timers of one job. Immutable. */
record JobTimers(JobId jobId) {
    /** A timer of the whole job. */
    TimerId of(Purpose purpose, int generation) {
        return new TimerId(purpose, jobId.hex(), generation);
    }

    /** A timer of a region's current attempt. */
    TimerId of(Purpose purpose, Region region) {
        return new TimerId(purpose, jobId.hex() + "/" + region.index(), region.attempt());
    }

    Effect set(Purpose purpose, Region region, long delayMs) {
        return new Effect.SetTimer(of(purpose, region), delayMs);
    }

    Effect cancel(Purpose purpose, Region region) {
        return new Effect.CancelTimer(of(purpose, region));
    }

    /** The index of the region that a timer is about. */
    static int regionOf(TimerId timer) {
        return Integer.parseInt(timer.subject().substring(timer.subject().indexOf('/') + 1));
    }
}
