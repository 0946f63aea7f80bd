package io.millrace.api.sink;

/** What a sink promises about each record when tasks fail. */
public enum DeliveryGuarantee {
    /** Visible once, when the checkpoint that has it is complete. Needs checkpoints. */
    EXACTLY_ONCE,

    /** Visible at once, and again if the job goes back behind it. */
    AT_LEAST_ONCE,

    /** Visible at once, perhaps never, perhaps more than once. */
    NONE
}
