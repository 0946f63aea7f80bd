package io.millrace.coordinator.simulation;

/** Rare states of operations that the simulation must reach, or else its generator is too weak. */
enum OperationSighting {
    RESCALE_HELD,
    /** A new leader came up at the new parallelism, and its tasks came to run. */
    RESCALE_HELD_UNDER_THE_NEXT_LEADER,
    RESCALE_LACKED_SLOTS,
    RESCALE_LACKED_ITS_CHECKPOINT,
    /** A leader died before the decision. */
    RESCALE_WAS_FORGOTTEN,
    /** Its tasks did not come to run: the job goes on as it was. */
    RESCALE_WENT_BACK,
    RESCALE_WENT_BACK_UNDER_THE_NEXT_LEADER,
    /** The job was cancelled, or failed, between the decision and the first run. */
    RESCALE_ENDED_WITH_ITS_JOB,
    RESCALE_MET_ANOTHER_ONE,
    SAVEPOINT_BEFORE_A_RESCALE_FAILED,
    SAVEPOINT_OUTLIVED_A_RESCALE,
    SAVEPOINT_BEFORE_A_RESCALE_FOUND_BY_THE_NEXT_LEADER,
    SAVEPOINT_WAS_FOUND_WHOLE,
    STOP_WAS_TAKEN_OVER
}
