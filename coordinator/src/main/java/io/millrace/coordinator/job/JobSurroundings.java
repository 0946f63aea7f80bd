package io.millrace.coordinator.job;

import io.millrace.coordinator.CoordinatorSettings;
import io.millrace.coordinator.operation.OperationLedger;
import io.millrace.coordinator.resource.WorkerPool;

/**
 * What all jobs of one leader have in common.
 *
 * @param epoch of the leader
 * @param pool that gives slots to all jobs
 * @param operations that people have asked for
 */
public record JobSurroundings(
        CoordinatorSettings settings, long epoch, WorkerPool pool, OperationLedger operations) {}
