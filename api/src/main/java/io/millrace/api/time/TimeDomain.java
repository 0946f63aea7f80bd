package io.millrace.api.time;

/** Which clock a timer belongs to. */
public enum TimeDomain {
    /** The time in the records, as watermarks tell it. */
    EVENT_TIME,
    /** The wall clock of the machine that runs the task. */
    PROCESSING_TIME
}
